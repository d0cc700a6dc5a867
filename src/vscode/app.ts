import * as vscode from 'vscode';
import { Format } from '../core/format';
import { localTimeZone } from '../core/time';
import type { RevealTarget } from '../core/timeline/revealTarget';
import { AreasTree } from '../core/tree/areasTree';
import { LockTree } from '../core/tree/lockTree';
import { EntitiesTree } from '../core/tree/entitiesTree';
import { noIntervalsFilter } from '../core/tree/intervalsFilter';
import { IntervalsTree } from '../core/tree/intervalsTree';
import type { AreaNode, DatabaseNode, FindingRowNode, MoreNode, TreeNode } from '../core/tree/nodes';
import { Pages } from '../core/tree/pages';
import { Checks } from './checks';
import { applySync } from './commands/applySync';
import { maintenanceCommands } from './commands/maintenanceCommands';
import { FindingReveal } from './commands/revealFinding';
import { ReportDocuments } from './documents/reportDocuments';
import { clearStaleLock } from './commands/clearStaleLock';
import { copyEntityId } from './commands/copyEntityId';
import type { ExportArgument } from './commands/exportOffer';
import { Exports } from './commands/exports';
import { ViewFilters } from './commands/filterViews';
import { goToDate } from './commands/goToDate';
import { TimelineMoves } from './commands/moveTimeline';
import { openDatabase } from './commands/openDatabase';
import { IntervalReveal } from './commands/revealInterval';
import { type IntervalsAsked, showIntervals } from './commands/showIntervals';
import { showOverview } from './commands/showOverview';
import { RowOffers } from './commands/rowOffers';
import { showAsPlot, showAsText } from './commands/switchView';
import { ViewOffers } from './commands/viewOffers';
import { showTimeline, type TimelineOf, type TimelineRow } from './commands/showTimeline';
import { sync, type SyncParts, type SyncRequest } from './commands/sync';
import { Databases } from './databases';
import { findDatabases } from './discovery';
import { HomeAssistantAccess } from './homeAssistantAccess';
import { commandIds, contextKeys, settingIds, viewIds } from './ids';
import { LockDocuments } from './documents/lockDocuments';
import { LockStatus } from './lockStatus';
import { OccupancyView } from './occupancyView';
import { pickDatabase, type OfDatabase } from './pickDatabase';
import { DrawnViews } from './drawnViews';
import { either } from './either';
import { followRedis } from './followRedis';
import { RedisAccess } from './redisAccess';
import { registerCommands } from './registerCommands';
import { openSettings } from './settings';
import { setRedisPassword } from './commands/setRedisPassword';
import { IntervalRows } from './intervalRows';
import { RowSearch } from './rowSearch';
import { SyncPreview } from './syncPreview';
import { PriorsCommands } from './commands/showPriors';
import type { PriorsAddress } from '../core/priors/priorsAddress';
import { ViewOptions } from './viewOptions';

/** The extension put together: everything is made here, in order, and let go of in reverse. */
export class App implements vscode.Disposable {
  readonly databases: Databases;
  readonly areas: OccupancyView;
  readonly entities: OccupancyView;
  readonly intervals: OccupancyView;
  readonly filters: ViewFilters;
  readonly syncPreview: SyncPreview;
  readonly checks: Checks;
  readonly lock: OccupancyView;
  readonly drawn: DrawnViews;
  readonly #log: vscode.LogOutputChannel;
  readonly #options: ViewOptions;
  readonly #redis: RedisAccess;
  readonly #syncParts: SyncParts;
  readonly #reports: ReportDocuments;
  readonly #timeZone: string;
  readonly #format: Format;
  readonly #pages = new Pages();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(context: vscode.ExtensionContext) {
    const timeZone = localTimeZone();
    this.#timeZone = timeZone;
    const format = new Format(vscode.env.language, timeZone);
    this.#format = format;
    this.#log = vscode.window.createOutputChannel('Area Occupancy', { log: true });
    this.#options = new ViewOptions(context.workspaceState);
    const redis = new RedisAccess(context.secrets);
    this.#redis = redis;
    const options = () => ({ ...openSettings(), ...redis.options() });
    this.databases = new Databases(context.asAbsolutePath('dist/server.js'), options, this.#log);
    const open = (): Databases['all'] => this.databases.all;
    const intervalsTree = new IntervalsTree(open, () => this.#options.intervals, this.#pages, timeZone);
    const areasTree = new AreasTree(open, Date, timeZone, () => this.#options.areas);
    this.areas = new OccupancyView(viewIds.areas, areasTree, format, { canSelectMany: true });
    this.entities = new OccupancyView(viewIds.entities, new EntitiesTree(open, () => this.#options.entities), format);
    this.intervals = new OccupancyView(viewIds.intervals, intervalsTree, format);
    this.lock = new OccupancyView(viewIds.lock, new LockTree(open), format);
    this.filters = new ViewFilters(this.databases, this.#options, this);
    this.syncPreview = new SyncPreview(this.databases, this.#pages, format);
    this.checks = new Checks(this.databases, format);
    this.#reports = new ReportDocuments();
    this.#syncParts = {
      databases: this.databases,
      preview: this.syncPreview,
      access: new HomeAssistantAccess(context),
      format,
      log: this.#log,
    };
    const lockDocuments = new LockDocuments(this.databases);
    this.drawn = new DrawnViews(this.databases, format, timeZone, context, this.#log);
    this.#subscriptions = [
      this.#log,
      this.databases,
      this.areas,
      this.entities,
      this.intervals,
      this.syncPreview,
      this.checks,
      this.#reports,
      lockDocuments,
      this.lock,
      either(this.drawn.lockMetrics.onDidChange, this.databases.onDidChangeLock)(() => void this.lock.refresh()),
      this.drawn,
      this.drawn.onDidChangeVisible(() => this.#watchWhileVisible()),
      new LockStatus(this.databases),
      redis,
      followRedis(redis, this.databases, this.#log),
      registerCommands(this.#commands(lockDocuments), this.#log),
      this.databases.onDidChangeData(() => this.#refreshViews()),
      this.databases.onDidChangeLock(() => this.#countStaleLocks()),
      ...this.#views.map(({ view }) => view.onDidChangeVisibility(() => this.#watchWhileVisible())),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.openFound()),
      vscode.workspace.onDidChangeConfiguration((change) => void this.#configure(change)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#reopenAll()),
    ];
    this.#watchWhileVisible();
  }

  /** Opens what can be found without asking. Never rejects. */
  async openFound(): Promise<void> {
    await this.#options.publish();
    await this.#redis.load();
    await this.databases.openFound(await findDatabases());
    await vscode.commands.executeCommand('setContext', contextKeys.searched, true);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.toReversed()) subscription.dispose();
  }

  get #views(): readonly OccupancyView[] {
    return [this.areas, this.entities, this.intervals, this.lock, this.syncPreview.view];
  }

  /** A command that needs a row does nothing without: a key may be bound to any of them. */
  #commands(lockDocuments: LockDocuments): Record<(typeof commandIds)[keyof typeof commandIds], (...args: never[]) => unknown> {
    const { timelines, timelinePanels, priors: priorsDocuments, priorsPanels, overviews, lockMetrics, byType } = this.drawn;
    const moves = new TimelineMoves(timelines, this.#timeZone);
    const priors = new PriorsCommands(this.databases, priorsDocuments, priorsPanels);
    const parts = { databases: this.databases, documents: timelines, panels: timelinePanels, timeZone: this.#timeZone };
    const search = new RowSearch(this.intervals, this.#pages);
    const clearFilter = (): Promise<void> => this.filters.filterIntervals(noIntervalsFilter);
    const intervalRows = new IntervalRows(this.intervals, search, this.#options, clearFilter);
    const reveal = new IntervalReveal(this.databases, timelines, intervalRows);
    const findings = new FindingReveal(this.databases, this.areas, intervalRows, reveal);
    const rows = new RowOffers(this.databases, this.#options, this.#format);
    const viewOffers = new ViewOffers(byType, this.databases, rows, this.#format, this.#timeZone);
    const exports = new Exports(this.databases, rows, viewOffers, this.#format, this.#timeZone);
    return {
      [commandIds.openDatabase]: (uri?: vscode.Uri) => openDatabase(this.databases, uri),
      [commandIds.closeDatabase]: (of?: OfDatabase) => this.#closeDatabase(of),
      [commandIds.refresh]: () => this.#reopenAll(),
      [commandIds.showLock]: (of?: OfDatabase) => lockDocuments.show(of),
      [commandIds.clearStaleLock]: (of?: OfDatabase) => clearStaleLock(this.databases, of),
      [commandIds.showLockMetrics]: (of?: OfDatabase) => lockMetrics.show(of),
      [commandIds.resetLockMetrics]: (of?: OfDatabase | vscode.Uri) => lockMetrics.reset(of),
      [commandIds.exportLockMetrics]: (of?: OfDatabase) => exports.lockMetrics(of),
      [commandIds.setRedisPassword]: () => setRedisPassword(this.#redis),
      [commandIds.sync]: (request?: SyncRequest) => sync(this.#syncParts, request),
      [commandIds.applySync]: () => applySync({ ...this.#syncParts, timeZone: this.#timeZone }),
      [commandIds.discardSync]: () => this.#discardSync(),
      ...maintenanceCommands({ ...this.#syncParts, checks: this.checks, reports: this.#reports, timeZone: this.#timeZone }),
      [commandIds.revealFinding]: (node?: FindingRowNode) => findings.row(node),
      ...this.filters.commands,
      [commandIds.goToDate]: (of?: TreeNode) => goToDate(this.intervals, search, this.#timeZone, of),
      [commandIds.export]: (argument?: ExportArgument) => exports.run(argument),
      [commandIds.exportIntervals]: () => exports.shownIntervals(),
      [commandIds.groupEntitiesByArea]: () => this.#options.groupEntities('area').then(() => this.entities.refreshNow()),
      [commandIds.groupEntitiesByType]: () => this.#options.groupEntities('type').then(() => this.entities.refreshNow()),
      [commandIds.groupIntervalsByArea]: () => this.#options.groupIntervals('area').then(() => this.intervals.refreshNow()),
      [commandIds.groupIntervalsByEntity]: () => this.#options.groupIntervals('entity').then(() => this.intervals.refreshNow()),
      [commandIds.showIntervals]: (of?: TreeNode | IntervalsAsked) => showIntervals(intervalRows, of),
      [commandIds.loadMore]: (node?: MoreNode) => node && this.#loadMore(node),
      [commandIds.copyEntityId]: (node?: TreeNode) => copyEntityId(node),
      [commandIds.showTimeline]: (of?: TimelineRow | TimelineOf, selected?: readonly TreeNode[]) =>
        showTimeline(parts, of, selected),
      [commandIds.timelineEarlier]: () => moves.by(-1),
      [commandIds.timelineLater]: () => moves.by(1),
      [commandIds.timelineToday]: () => moves.today(),
      [commandIds.timelineDay]: () => moves.to('day'),
      [commandIds.timelineWeek]: () => moves.to('week'),
      [commandIds.timelineFourWeeks]: () => moves.to('fourWeeks'),
      [commandIds.timelineGoToDate]: () => moves.goToDate(),
      [commandIds.timelineRevealInterval]: (target?: RevealTarget) => reveal.at(target),
      [commandIds.showPriors]: (of?: TreeNode | PriorsAddress, selected?: TreeNode[]) => priors.show(of, selected),
      [commandIds.comparePriors]: (of?: TreeNode, selected?: TreeNode[]) => priors.compare(of, selected),
      [commandIds.showAsText]: () => showAsText(byType),
      [commandIds.showAsPlot]: () => showAsPlot(byType),
      [commandIds.showOverview]: (of?: DatabaseNode | AreaNode) => showOverview(this.databases, overviews, of),
    };
  }

  async #closeDatabase(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.databases, of, vscode.l10n.t('Close Database'));
    if (session) await this.databases.close(session);
  }

  /** Refresh: looks for databases again, opens each file anew, and reads everything that is shown. */
  async #reopenAll(): Promise<void> {
    for (const session of this.databases.all) session.reopen();
    await this.openFound();
    await Promise.all(this.#views.map((view) => view.refreshNow()));
  }

  async #discardSync(): Promise<void> {
    if (!this.syncPreview.isBusy) await this.syncPreview.discard();
  }

  async #loadMore(node: MoreNode): Promise<void> {
    this.#pages.loadMore(node);
    await Promise.all([this.intervals.refresh(), this.syncPreview.view.refresh()]);
  }

  #refreshViews(): void {
    for (const view of this.#views) void view.refresh();
  }

  /** The badge is for what the user should act on, and a stale lock is the one such thing. */
  #countStaleLocks(): void {
    const value = this.databases.all.filter(({ lock }) => lock?.state === 'stale').length;
    const tooltip = value === 1 ? vscode.l10n.t('1 stale lock') : vscode.l10n.t('{0} stale locks', value);
    this.areas.view.badge = value > 0 ? { value, tooltip } : undefined;
  }

  #watchWhileVisible(): void {
    this.databases.setWatching(this.drawn.visible || this.#views.some(({ view }) => view.visible));
  }

  async #configure(change: vscode.ConfigurationChangeEvent): Promise<void> {
    if (!change.affectsConfiguration('areaOccupancy')) return;
    const { lockTimeout, staleLockTimeout, readLocks, snapshots } = settingIds;
    if ([lockTimeout, staleLockTimeout, readLocks, snapshots].some((id) => change.affectsConfiguration(id))) {
      for (const session of this.databases.all) session.reopen();
    }
    await this.openFound();
    this.#refreshViews();
  }
}
