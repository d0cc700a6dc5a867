import * as vscode from 'vscode';
import { Format } from '../core/format';
import { localTimeZone } from '../core/time';
import type { RevealTarget } from '../core/timeline/revealTarget';
import { AreasTree } from '../core/tree/areasTree';
import { EntitiesTree } from '../core/tree/entitiesTree';
import { IntervalsTree } from '../core/tree/intervalsTree';
import type { MoreNode, TreeNode } from '../core/tree/nodes';
import { Pages } from '../core/tree/pages';
import { applySync } from './commands/applySync';
import { clearStaleLock } from './commands/clearStaleLock';
import { exportLockMetrics } from './commands/exportLockMetrics';
import { filterEntities } from './commands/filterEntities';
import { TimelineMoves } from './commands/moveTimeline';
import { openDatabase } from './commands/openDatabase';
import { IntervalReveal } from './commands/revealInterval';
import { showIntervals } from './commands/showIntervals';
import { showTimeline, type TimelineOf, type TimelineRow } from './commands/showTimeline';
import { sync, type SyncParts, type SyncRequest } from './commands/sync';
import { Databases } from './databases';
import { findDatabases } from './discovery';
import { HomeAssistantAccess } from './homeAssistantAccess';
import { commandIds, contextKeys, viewIds } from './ids';
import { LockMetricsDocuments } from './documents/lockMetricsDocuments';
import { LockDocuments } from './documents/lockDocuments';
import { LockStatus } from './lockStatus';
import { OccupancyView } from './occupancyView';
import { pickDatabase, type OfDatabase } from './pickDatabase';
import { registerCommands } from './registerCommands';
import { SyncPreview } from './syncPreview';
import { TimelineDocuments } from './documents/timelineDocuments';
import { ViewOptions } from './viewOptions';

/** The extension put together: everything is made here, in order, and let go of in reverse. */
export class App implements vscode.Disposable {
  readonly databases: Databases;
  readonly areas: OccupancyView;
  readonly entities: OccupancyView;
  readonly intervals: OccupancyView;
  readonly syncPreview: SyncPreview;
  readonly timelines: TimelineDocuments;
  readonly lockMetrics: LockMetricsDocuments;
  readonly #log: vscode.LogOutputChannel;
  readonly #options: ViewOptions;
  readonly #syncParts: SyncParts;
  readonly #timeZone: string;
  readonly #pages = new Pages();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(context: vscode.ExtensionContext) {
    const timeZone = localTimeZone();
    this.#timeZone = timeZone;
    const format = new Format(vscode.env.language, timeZone);
    this.#log = vscode.window.createOutputChannel('Area Occupancy', { log: true });
    this.#options = new ViewOptions(context.workspaceState);
    this.databases = new Databases(context.asAbsolutePath('dist/server.js'), this.#log);
    const open = (): Databases['all'] => this.databases.all;
    const intervalsTree = new IntervalsTree(open, () => this.#options.intervals, this.#pages, timeZone);
    this.areas = new OccupancyView(viewIds.areas, new AreasTree(open, Date, timeZone), format);
    this.entities = new OccupancyView(viewIds.entities, new EntitiesTree(open, () => this.#options.entities), format);
    this.intervals = new OccupancyView(viewIds.intervals, intervalsTree, format);
    this.syncPreview = new SyncPreview(this.databases, this.#pages, format);
    this.#syncParts = {
      databases: this.databases,
      preview: this.syncPreview,
      access: new HomeAssistantAccess(context),
      format,
      log: this.#log,
    };
    const lockDocuments = new LockDocuments(this.databases);
    this.lockMetrics = new LockMetricsDocuments(this.databases);
    this.timelines = new TimelineDocuments(this.databases, format, timeZone);
    this.#subscriptions = [
      this.#log,
      this.databases,
      this.areas,
      this.entities,
      this.intervals,
      this.syncPreview,
      lockDocuments,
      this.lockMetrics,
      this.timelines,
      new LockStatus(this.databases),
      registerCommands(this.#commands(lockDocuments), this.#log),
      this.databases.onDidChangeData(() => this.#refreshViews()),
      this.databases.onDidChangeLock(() => this.#countStaleLocks()),
      ...this.#views.map(({ view }) => view.onDidChangeVisibility(() => this.#watchWhileVisible())),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#watchWhileVisible()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.openFound()),
      vscode.workspace.onDidChangeConfiguration((change) => void this.#configure(change)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#reopenAll()),
    ];
    this.#watchWhileVisible();
  }

  /** Opens what can be found without asking. Never rejects. */
  async openFound(): Promise<void> {
    await this.#options.publish();
    await this.databases.openFound(await findDatabases());
    await vscode.commands.executeCommand('setContext', contextKeys.searched, true);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.toReversed()) subscription.dispose();
  }

  get #views(): readonly OccupancyView[] {
    return [this.areas, this.entities, this.intervals, this.syncPreview.view];
  }

  /** A command that needs a row does nothing without: a key may be bound to any of them. */
  #commands(lockDocuments: LockDocuments): Record<(typeof commandIds)[keyof typeof commandIds], (...args: never[]) => unknown> {
    const moves = new TimelineMoves(this.timelines, this.#timeZone);
    const reveal = new IntervalReveal(this.databases, this.timelines, this.intervals, this.#pages, this.#options);
    return {
      [commandIds.openDatabase]: (uri?: vscode.Uri) => openDatabase(this.databases, uri),
      [commandIds.closeDatabase]: (of?: OfDatabase) => this.#closeDatabase(of),
      [commandIds.refresh]: () => this.#reopenAll(),
      [commandIds.showLock]: (of?: OfDatabase) => lockDocuments.show(of),
      [commandIds.clearStaleLock]: (of?: OfDatabase) => clearStaleLock(this.databases, of),
      [commandIds.showLockMetrics]: (of?: OfDatabase) => this.lockMetrics.show(of),
      [commandIds.resetLockMetrics]: (of?: OfDatabase) => this.lockMetrics.reset(of),
      [commandIds.exportLockMetrics]: (of?: OfDatabase) => exportLockMetrics(this.databases, of),
      [commandIds.sync]: (request?: SyncRequest) => sync(this.#syncParts, request),
      [commandIds.applySync]: () => applySync({ ...this.#syncParts, timeZone: this.#timeZone }),
      [commandIds.discardSync]: () => this.#discardSync(),
      [commandIds.filterEntities]: () => filterEntities(this.#options, () => this.#showEntities()),
      [commandIds.clearEntityFilter]: () => this.#options.filterEntities('').then(() => this.#showEntities()),
      [commandIds.groupEntitiesByArea]: () => this.#options.groupEntities('area').then(() => this.#showEntities()),
      [commandIds.groupEntitiesByType]: () => this.#options.groupEntities('type').then(() => this.#showEntities()),
      [commandIds.groupIntervalsByArea]: () => this.#options.groupIntervals('area').then(() => this.intervals.refreshNow()),
      [commandIds.groupIntervalsByEntity]: () => this.#options.groupIntervals('entity').then(() => this.intervals.refreshNow()),
      [commandIds.showIntervals]: (node?: TreeNode) => showIntervals(this.intervals, this.#options, node),
      [commandIds.loadMore]: (node?: MoreNode) => node && this.#loadMore(node),
      [commandIds.copyEntityId]: (node?: TreeNode) => copyEntityId(node),
      [commandIds.showTimeline]: (of?: TimelineRow | TimelineOf) =>
        showTimeline(this.databases, this.timelines, this.#timeZone, of),
      [commandIds.timelineEarlier]: () => moves.by(-1),
      [commandIds.timelineLater]: () => moves.by(1),
      [commandIds.timelineToday]: () => moves.today(),
      [commandIds.timelineDay]: () => moves.to('day'),
      [commandIds.timelineWeek]: () => moves.to('week'),
      [commandIds.timelineFourWeeks]: () => moves.to('fourWeeks'),
      [commandIds.timelineGoToDate]: () => moves.goToDate(),
      [commandIds.timelineRevealInterval]: (target?: RevealTarget) => reveal.at(target),
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

  async #showEntities(): Promise<void> {
    const { filter } = this.#options.entities;
    this.entities.view.description = filter;
    await this.entities.refreshNow();
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
    this.databases.setWatching(this.timelines.documents.visible || this.#views.some(({ view }) => view.visible));
  }

  async #configure(change: vscode.ConfigurationChangeEvent): Promise<void> {
    if (!change.affectsConfiguration('areaOccupancy')) return;
    if (change.affectsConfiguration('areaOccupancy.lock')) for (const session of this.databases.all) session.reopen();
    await this.openFound();
    this.#refreshViews();
  }
}

async function copyEntityId(node: TreeNode | undefined): Promise<void> {
  const id = node && entityIdOf(node);
  if (id !== undefined) await vscode.env.clipboard.writeText(id);
}

function entityIdOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'entity':
      return node.entity.entityId;
    case 'interval':
      return node.interval.entityId;
    case 'syncEntity':
      return node.sync.entityId;
    default:
      return undefined;
  }
}
