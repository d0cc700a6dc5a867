import type { SqlReader } from '../../core/ports/sql';
import { sharedAttributes, type StateRow } from '../../core/sql/recorderQueries';
import { unitOfMeasurement } from '../../core/sync/unitOfMeasurement';

/** Attributes that are remembered: an entity has the same for weeks, unless one of them changes with the state. */
const MOST_KNOWN = 10_000;

/** Looks up the attribute `unit_of_measurement` of states, once for all states that share their attributes. */
export class RecorderUnits {
  readonly #reader: SqlReader;
  readonly #known = new Map<number, string | null>();

  constructor(reader: SqlReader) {
    this.#reader = reader;
  }

  /** Null where there is none. */
  of({ attributes_id: id, attributes }: StateRow): string | null {
    if (id === null) return unitIn(attributes);
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const shared = this.#reader.get(sharedAttributes, { id })?.shared_attrs ?? null;
    // The legacy column belongs to its row alone.
    if (shared === null) return unitIn(attributes);
    const unit = unitIn(shared);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(id, unit);
    return unit;
  }
}

/** What is no JSON object has no unit. */
function unitIn(json: string | null): string | null {
  if (json === null) return null;
  try {
    return unitOfMeasurement(JSON.parse(json));
  } catch {
    return null;
  }
}
