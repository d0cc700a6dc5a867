import type { Area } from '../model';
import { slotAt } from '../priors/weekSlot';
import { addDays, dayStart, localDay, utcText } from '../time';
import type { Clock } from '../ports/clock';
import { purposeLabel } from '../purposes';
import { areaNodes } from './areaRows';
import { databaseNode, databaseOf, emptyNode, notices } from './databaseRows';
import { entityNode } from './entityRows';
import type { AreaNode, PriorsNode, TodayNode, TreeNode } from './nodes';
import type { OpenDatabase } from './openDatabase';
import type { TreeSource } from './treeSource';

export interface AreasOptions {
  /** Only areas whose name or purpose contains this; empty for all. */
  readonly filter: string;
}

/** Areas view: database → area → today, learned priors, entities. */
export class AreasTree implements TreeSource {
  readonly #databases: () => readonly OpenDatabase[];
  readonly #options: () => AreasOptions;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #timeZone: string;

  /** @param timeZone IANA name; "today" is the calendar day there */
  constructor(
    databases: () => readonly OpenDatabase[],
    clock: Pick<Clock, 'now'>,
    timeZone: string,
    options: () => AreasOptions = () => ({ filter: '' }),
  ) {
    this.#databases = databases;
    this.#options = options;
    this.#clock = clock;
    this.#timeZone = timeZone;
  }

  async children(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    if (!node) return this.#databases().map(databaseNode);
    const database = databaseOf(this.#databases(), node);
    if (!database) return [];
    if (node.kind === 'database') return this.#areas(database);
    if (node.kind === 'area') return this.#area(database, node);
    return [];
  }

  async #areas(database: OpenDatabase): Promise<readonly TreeNode[]> {
    const [areas, entities] = await Promise.all([database.reader.getAreas(), database.reader.getEntities()]);
    const { filter } = this.#options();
    const rows = areaNodes(database.path, areas, entities).filter(({ area }) => filter === '' || areaMatches(area, filter));
    if (rows.length > 0) return [...notices(database), ...rows];
    return [...notices(database), emptyNode(database, database.path, filter === '' ? 'areas' : 'filteredAreas')];
  }

  async #area(database: OpenDatabase, node: AreaNode): Promise<readonly TreeNode[]> {
    const { areaName } = node.area;
    const [entities, names, today, priors] = await Promise.all([
      database.reader.getEntities({ area: areaName }),
      database.reader.getFriendlyNames(),
      this.#today(database, node),
      this.#priors(database, node),
    ]);
    return [today, priors, ...entities.map((entity) => entityNode(node.id, database.path, entity, names, false))];
  }

  async #today(database: OpenDatabase, { id, area }: AreaNode): Promise<TodayNode> {
    const day = localDay(this.#clock.now(), this.#timeZone);
    const from = utcText(dayStart(day, this.#timeZone));
    const to = utcText(dayStart(addDays(day, 1), this.#timeZone));
    const span = await database.reader.getOccupiedSpan(area.areaName, from, to);
    return { kind: 'today', id: `${id}/today`, database: database.path, areaName: area.areaName, span };
  }

  async #priors(database: OpenDatabase, { id, area }: AreaNode): Promise<PriorsNode> {
    const { slots, clock, overall } = await database.reader.getPriors(area.areaName);
    const now = slotAt(this.#clock.now(), clock, this.#timeZone);
    return {
      kind: 'priors',
      id: `${id}/priors`,
      database: database.path,
      areaName: area.areaName,
      overall,
      learnedSlots: slots.length,
      now: slots.find((slot) => slot.dayOfWeek === now.day && slot.timeSlot === now.slot)?.priorValue ?? null,
      lastUpdated: slots.reduce<string | null>(
        (latest, { lastUpdated }) => (latest && latest > lastUpdated ? latest : lastUpdated),
        null,
      ),
    };
  }
}

/** Whether any text that the row of an area shows contains `text`, whatever the case. */
function areaMatches({ areaName, purpose }: Area, text: string): boolean {
  const wanted = text.toLocaleLowerCase();
  return [areaName, purposeLabel(purpose)].some((value) => value.toLocaleLowerCase().includes(wanted));
}
