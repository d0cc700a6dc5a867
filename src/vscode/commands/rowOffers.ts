import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ExportedRows } from '../../core/export/exportRequest';
import type { Format } from '../../core/format';
import { isNumericType } from '../../core/entityTypes';
import { describeFilter, intervalFilter, isEverything, shownEntities } from '../../core/tree/intervalsFilter';
import type { DayNode, EntityNode, TreeNode } from '../../core/tree/nodes';
import type { DatabaseSession } from '../databaseSession';
import type { Databases } from '../databases';
import type { ViewOptions } from '../viewOptions';
import type { ExportOffer, RowsContent } from './exportOffer';

type Of = { readonly area?: string; readonly entity?: string; readonly from?: string; readonly to?: string };

/** Finds what can be exported of a row of a tree, or of a whole database. */
export class RowOffers {
  readonly #databases: Databases;
  readonly #options: ViewOptions;
  readonly #format: Format;

  constructor(databases: Databases, options: ViewOptions, format: Format) {
    this.#databases = databases;
    this.#options = options;
    this.#format = format;
  }

  /** What the Intervals view shows of a database, its filter included. */
  async ofIntervalsView(session: DatabaseSession): Promise<ExportOffer | undefined> {
    const [shown] = await this.#intervals(session, {}, session.name, [stem(session)]);
    return shown;
  }

  async ofRow(node: TreeNode): Promise<readonly ExportOffer[]> {
    const session = this.#databases.get(node.database);
    switch (node.kind) {
      case 'database':
        return this.ofDatabase(session);
      case 'area':
        return this.#ofArea(session, node.area.areaName);
      case 'entity':
        return this.#ofEntity(session, node);
      case 'day':
        return this.#ofDay(session, node);
      case 'priors':
        return [this.#priors(session, node.areaName)];
      default:
        return [];
    }
  }

  async ofDatabase(session: DatabaseSession): Promise<readonly ExportOffer[]> {
    const { path: database, name } = session;
    const whole = (table: 'areas' | 'entities' | 'priors' | 'samples', label: string): ExportOffer => ({
      label,
      fileName: [stem(session), table],
      content: { kind: 'rows', database, rows: { table } },
    });
    return [
      ...(await this.#intervals(session, {}, name, [stem(session)])),
      whole('areas', vscode.l10n.t('Areas')),
      whole('entities', vscode.l10n.t('Entities')),
      whole('priors', vscode.l10n.t('Learned priors of all areas')),
      ...(hasSamples(session) ? [whole('samples', vscode.l10n.t('Numeric samples'))] : []),
    ];
  }

  async #ofArea(session: DatabaseSession, area: string): Promise<readonly ExportOffer[]> {
    const { path: database } = session;
    const content = (table: 'entities' | 'samples'): RowsContent => ({ kind: 'rows', database, rows: { table, area } });
    return [
      ...(await this.#intervals(session, { area }, area, [area])),
      { label: vscode.l10n.t('Entities of {0}', area), fileName: [area, 'entities'], content: content('entities') },
      this.#priors(session, area),
      ...(hasSamples(session)
        ? [{ label: vscode.l10n.t('Numeric samples of {0}', area), fileName: [area, 'samples'], content: content('samples') }]
        : []),
    ];
  }

  async #ofEntity(session: DatabaseSession, { entity, friendlyName }: EntityNode): Promise<readonly ExportOffer[]> {
    const { entityId, entityType } = entity;
    const name = friendlyName ?? entityId;
    const intervals = await this.#intervals(session, { entity: entityId }, name, [entityId]);
    if (!isNumericType(entityType) || !hasSamples(session)) return intervals;
    const rows: ExportedRows = { table: 'samples', entity: entityId };
    const label = vscode.l10n.t('Numeric samples of {0}', name);
    return [...intervals, { label, fileName: [entityId, 'samples'], content: { kind: 'rows', database: session.path, rows } }];
  }

  #ofDay(session: DatabaseSession, { day, areaName, entityId }: DayNode): Promise<readonly ExportOffer[]> {
    const of = entityId === null ? { area: areaName ?? '' } : { entity: entityId };
    const name = entityId ?? areaName ?? '';
    const label = vscode.l10n.t('{0} on {1}', name, this.#format.day(day.day));
    return this.#intervals(session, { ...of, from: day.from, to: day.to }, label, [name, day.day]);
  }

  #priors({ path: database }: DatabaseSession, area: string): ExportOffer {
    const rows: ExportedRows = { table: 'priors', area };
    return {
      label: vscode.l10n.t('Learned priors of {0}', area),
      fileName: [area, 'priors'],
      content: { kind: 'rows', database, rows },
    };
  }

  /** All intervals, and before them those that the view shows where it has a filter. */
  async #intervals(
    { path: database, reader }: DatabaseSession,
    of: Of,
    name: string,
    fileName: readonly string[],
  ): Promise<ExportOffer[]> {
    const content = (rows: Of & Pick<ExportedRows & { table: 'intervals' }, 'filter'>): RowsContent => ({
      kind: 'rows',
      database,
      rows: { table: 'intervals', ...rows },
    });
    const label = vscode.l10n.t('Intervals of {0}', name);
    const all = { label, fileName: [...fileName, 'intervals'], content: content(of) };
    const shown = this.#options.intervals.filter;
    if (isEverything(shown)) return [all];
    const [entities, names] = await Promise.all([reader.getEntities(), reader.getFriendlyNames()]);
    const { area, entity } = of;
    const within = shownEntities(shown, entities, names).filter(
      ({ areaName, entityId }) => (area ?? areaName) === areaName && (entity ?? entityId) === entityId,
    );
    const filter = intervalFilter(shown, within);
    const filtered = {
      label: vscode.l10n.t('Intervals of {0}, as filtered', name),
      description: describeFilter(shown),
      fileName: [...fileName, 'intervals filtered'],
      content: content({ ...of, ...(filter && { filter }) }),
    };
    return [filtered, { ...all, label: vscode.l10n.t('All intervals of {0}', name) }];
  }
}

/** What files are called that are of the whole database. */
function stem({ path }: DatabaseSession): string {
  return basename(path, '.db');
}

/** v2/v3 keep no samples. */
function hasSamples({ info }: DatabaseSession): boolean {
  return info?.generation !== 'legacy';
}
