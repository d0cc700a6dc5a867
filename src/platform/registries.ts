import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FriendlyNames } from '../core/friendlyNames';

interface CachedFile {
  readonly stamp: string;
  readonly names: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * The area and entity registries beside an occupancy database. Every other file of that folder is left alone: they hold secrets.
 * A registry that is missing or not as expected gives no names; it is read again only when its time or size has changed.
 */
export class Registries {
  readonly #folder: string;
  readonly #cache = new Map<string, CachedFile>();

  /** `databasePath` is that of area_occupancy.db. */
  constructor(databasePath: string) {
    this.#folder = dirname(databasePath);
  }

  async names(): Promise<FriendlyNames> {
    const [areas, entities] = await Promise.all([
      this.#read('core.area_registry', 'areas', ({ id, name }) => [id, name]),
      this.#read('core.entity_registry', 'entities', ({ entity_id: id, name, original_name: original }) => [
        id,
        name || original,
      ]),
    ]);
    return { areas, entities };
  }

  async #read(
    file: string,
    list: string,
    entry: (item: Item) => readonly [unknown, unknown],
  ): Promise<ReadonlyMap<string, string>> {
    const path = join(this.#folder, file);
    try {
      const { mtimeMs, size } = await stat(path);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#cache.get(file);
      if (known?.stamp === stamp) return known.names;
      const names = namesIn(JSON.parse(await readFile(path, 'utf8')), list, entry);
      this.#cache.set(file, { stamp, names });
      return names;
    } catch {
      return NONE;
    }
  }
}

type Item = Readonly<Record<string, unknown>>;

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null;
}

/** The names in `{data: {[list]: [item, …]}}`; items without an id or a name are passed over. */
function namesIn(
  registry: unknown,
  list: string,
  entry: (item: Item) => readonly [unknown, unknown],
): ReadonlyMap<string, string> {
  const data = isItem(registry) ? registry['data'] : undefined;
  const items = isItem(data) ? data[list] : undefined;
  if (!Array.isArray(items)) return NONE;
  const entries = items.filter(isItem).map(entry);
  return new Map(
    entries.filter((pair): pair is readonly [string, string] => pair.every((text) => typeof text === 'string' && text !== '')),
  );
}
