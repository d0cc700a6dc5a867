import type { Format } from '../core/format';
import { describeArea } from '../core/overview/describeArea';
import { describeDatabase } from '../core/overview/describeDatabase';
import type { OverviewAddress } from '../core/overview/overviewAddress';
import type { OverviewSection } from '../core/overview/overviewModel';
import type { DatabaseAnswer } from '../protocol/overviewRequests';
import type { Databases } from './databases';

/** Entities of an area that are shown until all are asked for. */
const MOST_ENTITIES = 200;
const ALL_ENTITIES = 1_000_000;

/** Reads the sections of overviews, for text and for pages. */
export class OverviewSections {
  readonly #databases: Databases;
  readonly #format: Format;

  constructor(databases: Databases, format: Format) {
    this.#databases = databases;
    this.#format = format;
  }

  /** The section of the database, and the areas whose sections follow. Throws DatabaseMissingError when it is not open. */
  async database({ database, area }: OverviewAddress): Promise<DatabaseAnswer> {
    const { reader, name } = this.#databases.get(database);
    // A lock that cannot be looked at says so in its own document; the rest is worth reading.
    const looking = reader.inspectLock().catch(() => undefined);
    const overview = await reader.getOverview();
    const section = describeDatabase(overview, { name, lock: await looking, now: Date.now(), format: this.#format });
    return { section, areas: area === null ? overview.areas : [area] };
  }

  /** The section of an area. Throws SchemaError when there is no such area. */
  async area(database: string, area: string, all = false): Promise<OverviewSection> {
    const { reader } = this.#databases.get(database);
    const query = { area, entityLimit: all ? ALL_ENTITIES : MOST_ENTITIES };
    const [overview, { entities: names }] = await Promise.all([reader.getAreaOverview(query), reader.getFriendlyNames()]);
    return describeArea(overview, { names, format: this.#format });
  }

  async all(address: OverviewAddress): Promise<readonly OverviewSection[]> {
    const { section, areas } = await this.database(address);
    return [section, ...(await Promise.all(areas.map((area) => this.area(address.database, area))))];
  }
}
