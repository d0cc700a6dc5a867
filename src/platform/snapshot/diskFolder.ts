import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStamp, FolderFiles } from '../../core/ports/folderFiles';

/** Bytes read at a time: a network mount may take long for each. */
const PIECE = 8 * 1024 * 1024;

/**
 * A folder of this computer, read without SQLite. Of a database that SQLite has open in this process nothing may be read with it:
 * closing the file would drop SQLite's locks.
 */
export class DiskFolder implements FolderFiles {
  readonly readsParts = true;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The folder that a file lies in. */
  static around(path: string): DiskFolder {
    return new DiskFolder(dirname(path));
  }

  async stat(name: string): Promise<FileStamp | null> {
    const stats = await stat(join(this.#path, name), { bigint: true }).catch(nullIfAbsent);
    if (!stats) return null;
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    return { size: Number(size), written: Number(mtimeNs) / 1e6, version: [dev, ino, size, mtimeNs, ctimeNs].join(' ') };
  }

  async read(name: string, atMost = Number.POSITIVE_INFINITY): Promise<Uint8Array | null> {
    const file = await open(join(this.#path, name)).catch(nullIfAbsent);
    if (!file) return null;
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.min(size, atMost));
      let length = 0;
      while (length < bytes.byteLength) {
        const { bytesRead } = await file.read(bytes, length, Math.min(PIECE, bytes.byteLength - length), length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  }
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
