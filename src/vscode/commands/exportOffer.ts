import type { ExportedRows } from '../../core/export/exportRequest';
import type { TreeNode } from '../../core/tree/nodes';
import type { ShownView } from '../views';

/** Something that can be exported, as the user is offered it. */
export interface ExportOffer {
  /** `Intervals of Kitchen` */
  readonly label: string;
  readonly description?: string;
  /** What the file is called, in parts, without its ending. */
  readonly fileName: readonly string[];
  readonly content: RowsContent | PictureContent | TextContent;
}

/** Rows of a database, which its own process writes. */
export interface RowsContent {
  readonly kind: 'rows';
  /** Path of the database. */
  readonly database: string;
  readonly rows: ExportedRows;
}

/** A plot. */
export interface PictureContent {
  readonly kind: 'picture';
  readonly svg: () => Promise<string>;
  /** Only a webview can make one. */
  readonly png?: () => Promise<Uint8Array>;
}

/** A text in any of several forms, by what the file's name ends in. */
export interface TextContent {
  readonly kind: 'text';
  readonly forms: readonly TextForm[];
}

export interface TextForm {
  readonly ending: 'json' | 'prom';
  /** `JSON` */
  readonly label: string;
  readonly description: string;
  readonly text: () => Promise<string>;
}

/** What the command Export is given: a row of a tree, a view, or what is offered. Anything else stands for the active view. */
export type ExportArgument = TreeNode | ShownView | ExportOffer | readonly ExportOffer[];
