import { csvFormat } from './csvFormat';
import type { Cell } from './exportColumns';
import type { RowFormat } from './exportRequest';
import { jsonFormat, ndjsonFormat } from './jsonFormat';
import type { RecordFormat, Value } from './recordFormat';
import type { RowStream } from './rowStream';
import { ZonedTimes } from './zonedTimes';

const formats: Readonly<Record<RowFormat, (names: readonly string[]) => RecordFormat>> = {
  csv: csvFormat,
  json: jsonFormat,
  ndjson: ndjsonFormat,
};

/** Writes rows as text of a format: `head`, then `text` of all rows in order, then `tail`. */
export class RecordWriter {
  readonly head: string;
  readonly #format: RecordFormat;
  readonly #columns: RowStream['columns'];
  readonly #times: ZonedTimes;
  #count = 0;

  /** @param timeZone IANA name */
  constructor(format: RowFormat, columns: RowStream['columns'], timeZone: string) {
    const names = columns.flatMap(({ name, isTime }) => (isTime ? [name, `${name}_utc`] : [name]));
    this.#format = formats[format](names);
    this.#columns = columns;
    this.#times = new ZonedTimes(timeZone);
    this.head = this.#format.head;
  }

  /** Rows so far. */
  get count(): number {
    return this.#count;
  }

  get tail(): string {
    return this.#format.tail(this.#count);
  }

  text(rows: readonly (readonly Cell[])[]): string {
    let text = '';
    for (const row of rows) text += this.#format.record(this.#values(row), this.#count++);
    return text;
  }

  #values(row: readonly Cell[]): Value[] {
    const values: Value[] = [];
    for (const [index, { isTime }] of this.#columns.entries()) {
      const value = valueOf(row[index]);
      if (!isTime) values.push(value);
      else if (typeof value !== 'string') values.push(value, value);
      else {
        const { local, utc } = this.#times.write(value);
        values.push(local, utc);
      }
    }
    return values;
  }
}

/** SQLite lets anything stand in any column. What no format has a form for is written as text, so that nothing is lost. */
function valueOf(cell: Cell): Value {
  if (cell === undefined || cell === null) return null;
  if (typeof cell === 'string' || typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  if (cell instanceof Uint8Array) return [...cell].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (Array.isArray(cell)) return cell.map(String);
  return typeof cell === 'bigint' ? cell.toString() : JSON.stringify(cell);
}
