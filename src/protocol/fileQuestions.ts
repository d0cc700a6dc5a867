import type { FileStamp } from '../core/ports/folderFiles';
import type { ErrorRecord } from './errorRecord';

/** What the database process asks of a file that only the extension can reach. */
export interface FileQuestion {
  /** Told with each answer. */
  readonly id: number;
  readonly what: 'stat' | 'read';
  /** In the folder of the database. */
  readonly name: string;
  /** Bytes from the beginning that are wanted; null for all. */
  readonly atMost: number | null;
}

/** What the extension answers; bytes in pieces, in their order, until there are `size`. */
export type FileAnswer = { readonly id: number } & (
  | { readonly kind: 'stamp'; readonly stamp: FileStamp }
  | { readonly kind: 'bytes'; readonly size: number; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: ErrorRecord }
);
