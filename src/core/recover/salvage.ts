import type { PageFile } from './pageFile';
import type { LostRows } from './recoveryReport';
import { type FoundRow, readTablePage } from './tablePage';
import { fits, type TableShape } from './tableShape';

/** What of a table cannot be read, as it comes to light. */
export interface TableLosses {
  damagedRows: number;
  readonly pages: number[];
  readonly rows: LostRows[];
}

export interface SalvagedRows {
  readonly table: TableShape;
  readonly rows: readonly FoundRow[];
  /** Of the pages of the file, how many were looked at: 0–1. */
  readonly fraction: number;
}

interface Bounds {
  readonly after: number | null;
  readonly upTo: number | null;
}

/** Levels of a tree at most: SQLite allows no more. */
const DEEPEST = 20;

/**
 * Finds the rows of a damaged file: first by the trees of its tables, then, where parts of these are lost, in the pages that belong to
 * no tree. Pages that SQLite keeps free are left alone, since their rows were deleted.
 */
export class Salvage {
  readonly #file: PageFile;
  readonly #tables: readonly TableShape[];
  readonly #visited: Uint8Array;
  readonly losses = new Map<string, TableLosses>();
  /** Pages of rows that no table was found for. */
  readonly unknown: number[] = [];
  #looked = 0;

  constructor(file: PageFile, tables: readonly TableShape[]) {
    this.#file = file;
    this.#tables = tables;
    this.#visited = new Uint8Array(file.pageCount + 1);
    for (const { name } of tables) this.losses.set(name, { damagedRows: 0, pages: [], rows: [] });
  }

  /** A page at a time. */
  *rows(): Generator<SalvagedRows> {
    for (const table of this.#tables) yield* this.tree(table);
    const isWhole = this.#tables.every((table) => table.root !== null && this.#lossesOf(table).pages.length === 0);
    if (isWhole) return;
    this.#passFreePages();
    yield* this.#strays();
  }

  /** The rows that the tree of a table leads to. */
  *tree(table: TableShape): Generator<SalvagedRows> {
    if (table.root !== null) yield* this.#tree(table, table.root, { after: null, upTo: null }, 0);
  }

  *#tree(table: TableShape, number: number, bounds: Bounds, depth: number): Generator<SalvagedRows> {
    const isNew = number >= 1 && number <= this.#file.pageCount && this.#visited[number] === 0 && depth < DEEPEST;
    const page = isNew ? readTablePage(this.#file, number, table.columns.length) : null;
    // A page of another place in the tree, or of another table, is left for who it belongs to.
    if (!page || (page.kind === 'leaf' && page.rows.some((row) => !isWithin(row, bounds))))
      return this.#lose(table, number, bounds);
    this.#visited[number] = 1;
    this.#looked += 1;
    if (page.kind === 'leaf') {
      if (page.damagedRows > 0) this.#lossesOf(table).damagedRows += page.damagedRows;
      yield this.#found(table, page.rows);
      return;
    }
    let { after } = bounds;
    for (const child of page.children) {
      const upTo = child.upTo ?? bounds.upTo;
      yield* this.#tree(table, child.page, { after, upTo }, depth + 1);
      after = upTo;
    }
  }

  #lose(table: TableShape, page: number, { after, upTo }: Bounds): void {
    const { pages, rows } = this.#lossesOf(table);
    pages.push(page);
    const last = rows.at(-1);
    if (last && last.upTo !== null && last.upTo === after) rows[rows.length - 1] = { after: last.after, upTo };
    else rows.push({ after, upTo });
  }

  /** Leaves that no tree leads to: they belong to the one table that their rows fit, if one of its pages is lost. */
  *#strays(): Generator<SalvagedRows> {
    const candidates = this.#tables.filter((table) => table.root === null || this.#lossesOf(table).pages.length > 0);
    const most = Math.max(0, ...candidates.map(({ columns }) => columns.length));
    for (let number = 2; number <= this.#file.pageCount; number += 1) {
      if (this.#visited[number]) continue;
      const page = readTablePage(this.#file, number, most);
      if (page?.kind !== 'leaf' || page.rows.length === 0) continue;
      const fitting = candidates.filter((table) => fits(table, page.rows));
      const [table, ...others] = fitting;
      if (!table || others.length > 0) {
        this.unknown.push(number);
        continue;
      }
      this.#looked += 1;
      this.#lossesOf(table).damagedRows += page.damagedRows;
      yield this.#found(table, page.rows);
    }
  }

  /** File format, 1.5. */
  #passFreePages(): void {
    const first = this.#file.page(1);
    let trunk = first ? viewOf(first).getUint32(32) : 0;
    while (trunk >= 1 && trunk <= this.#file.pageCount && !this.#visited[trunk]) {
      this.#visited[trunk] = 1;
      const page = this.#file.page(trunk);
      if (!page) return;
      const view = viewOf(page);
      const leaves = Math.min(view.getUint32(4), this.#file.usable / 4 - 2);
      for (let index = 0; index < leaves; index += 1) {
        const leaf = view.getUint32(8 + index * 4);
        if (leaf >= 1 && leaf <= this.#file.pageCount) this.#visited[leaf] = 1;
      }
      trunk = view.getUint32(0);
    }
  }

  #found(table: TableShape, rows: readonly FoundRow[]): SalvagedRows {
    return { table, rows, fraction: Math.min(1, this.#looked / Math.max(1, this.#file.pageCount)) };
  }

  #lossesOf({ name }: TableShape): TableLosses {
    const losses = this.losses.get(name) ?? { damagedRows: 0, pages: [], rows: [] };
    this.losses.set(name, losses);
    return losses;
  }
}

function isWithin({ rowid }: FoundRow, { after, upTo }: Bounds): boolean {
  return (after === null || rowid > after) && (upTo === null || rowid <= upTo);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
