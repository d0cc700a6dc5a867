import type { FriendlyNames } from '../core/friendlyNames';
import type { FolderFiles } from '../core/ports/folderFiles';

interface CachedFile {
  readonly version: string;
  readonly names: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * The area and entity registries beside an occupancy database. Every other file of that folder is left alone: they hold secrets.
 * A registry that is missing or not as expected gives no names; it is read again only when its time or size has changed.
 */
export class Registries {
  readonly #folder: FolderFiles;
  readonly #cache = new Map<string, CachedFile>();

  /** @param folder of area_occupancy.db */
  constructor(folder: FolderFiles) {
    this.#folder = folder;
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
    try {
      const stamp = await this.#folder.stat(file);
      const known = this.#cache.get(file);
      if (stamp && known?.version === stamp.version) return known.names;
      const bytes = stamp && (await this.#folder.read(file));
      if (!bytes) return NONE;
      const names = namesIn(JSON.parse(new TextDecoder().decode(bytes)), list, entry);
      this.#cache.set(file, { version: stamp.version, names });
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
