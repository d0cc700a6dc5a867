import fs from 'node:fs';
import type { OwnerRecord } from '../../core/lock/ownerRecord';
import { decodeOwnerRecord, encodeOwnerRecord, OWNER_RECORD_BYTES } from '../../core/lock/ownerRecord';
import type { OwnerFile } from '../../core/ports/ownerFile';

const { O_CREAT, O_RDONLY, O_RDWR } = fs.constants;
const O_NOFOLLOW = (fs.constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;
const LAST_BYTE = OWNER_RECORD_BYTES - 1;

/**
 * `<lock>.owner`: one record of fixed size, overwritten in place by whoever holds the guard. Its descriptor is kept,
 * since a temporary file and a rename for every acquisition would cost as much as the lock itself.
 */
export class NodeOwnerFile implements OwnerFile {
  readonly #path: string;
  readonly #bytes = Buffer.alloc(OWNER_RECORD_BYTES);
  #descriptor: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  read(): OwnerRecord | undefined {
    try {
      if (this.#descriptor !== undefined) return this.#decode(this.#descriptor);
      const descriptor = fs.openSync(this.#path, O_RDONLY | O_NOFOLLOW);
      try {
        return this.#decode(descriptor);
      } finally {
        fs.closeSync(descriptor);
      }
    } catch {
      return undefined;
    }
  }

  write(record: OwnerRecord): void {
    try {
      this.#bytes.write(encodeOwnerRecord(record), 'latin1');
      fs.writeSync(this.#open(), this.#bytes, 0, OWNER_RECORD_BYTES, 0);
    } catch {
      // Without the hint, a killed holder's lock is only cleared after the usual 300 s.
    }
  }

  fileSystemTime(): number | undefined {
    try {
      const descriptor = this.#open();
      // The byte that ends every record: the file's time changes, its content does not.
      fs.writeSync(descriptor, '\n', LAST_BYTE, 'latin1');
      return fs.fstatSync(descriptor).mtimeMs;
    } catch {
      return undefined;
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    this.#descriptor ??= fs.openSync(this.#path, O_CREAT | O_RDWR | O_NOFOLLOW, 0o644);
    return this.#descriptor;
  }

  #decode(descriptor: number): OwnerRecord | undefined {
    const length = fs.readSync(descriptor, this.#bytes, 0, OWNER_RECORD_BYTES, 0);
    return decodeOwnerRecord(this.#bytes.toString('latin1', 0, length));
  }
}
