/** An overview as it is shown, whether as text or as a page: sections of facts and tables. */
export interface OverviewSection {
  /** Tells the section apart from the others: `database`, or `area:` and the name. */
  readonly id: string;
  readonly title: string;
  /** Name of the area that it is of; null for the section of the database. */
  readonly area: string | null;
  readonly facts: readonly OverviewFact[];
  readonly tables: readonly OverviewTable[];
}

export interface OverviewFact {
  readonly label: string;
  readonly value: string;
  readonly isWarning?: boolean;
}

export interface OverviewTable {
  /** Of its kind, the same in every section: `entities`, for instance. */
  readonly id: string;
  readonly title: string;
  /** What it means, a sentence. */
  readonly meaning?: string;
  readonly columns: readonly OverviewColumn[];
  readonly rows: readonly OverviewRow[];
  /** Under the rows, or instead of them: what is left out, or why there are none. */
  readonly note?: string;
  /** Rows that are left out and may be asked for. */
  readonly omitted?: number;
}

export interface OverviewColumn {
  readonly label: string;
  /** Numbers stand at the end of their column. */
  readonly align: 'start' | 'end';
  /** Where the bars of its cells begin: in the middle, so that they go either way, or at the start. */
  readonly bars?: 'middle' | 'start';
}

/** A cell a column. */
export type OverviewRow = readonly OverviewCell[];

export interface OverviewCell {
  readonly text: string;
  /** What the column is sorted by, where that is not the text. */
  readonly order?: number;
  /** Length of its bar: 1 to the end of the room for it, and where that begins in the middle, −1 to the start. */
  readonly bar?: number;
  readonly isWarning?: boolean;
  /** More of it than the cell has room for. */
  readonly hint?: string;
  readonly subject?: OverviewSubject;
}

/** What a cell names, so that more of it can be shown. */
export type OverviewSubject = { readonly entity: string } | { readonly area: string };
