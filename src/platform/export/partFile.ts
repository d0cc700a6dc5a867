import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { writeFault } from './writeFault';

/**
 * A file that is there whole or not at all: written beside its place as `<name>.part`, and moved there at the end. It never opens
 * what exists already, which might be a database. Throws DiskFullError and ExportError.
 */
export class PartFile {
  readonly #target: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  /** Used for every write: one each would be garbage that is only cleared away when much of it has gathered. */
  #buffer = Buffer.allocUnsafe(65_536);
  #bytes = 0;

  private constructor(target: string, part: string, handle: FileHandle) {
    this.#target = target;
    this.#part = part;
    this.#handle = handle;
  }

  static async create(target: string): Promise<PartFile> {
    const part = `${target}.part`;
    try {
      return new PartFile(target, part, await open(part, 'wx'));
    } catch (error) {
      throw writeFault(error, part);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Waits until the system has taken it, so that no more than this is ever held. */
  async append(text: string): Promise<void> {
    const length = Buffer.byteLength(text);
    if (length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(length * 2);
    this.#buffer.write(text);
    await this.#attempt(() => this.#handle.writeFile(this.#buffer.subarray(0, length)));
    this.#bytes += length;
  }

  /** Takes the place of what is at the target. */
  async moveIntoPlace(): Promise<void> {
    await this.#attempt(async () => {
      // Some disks, and those over a network, say only now that there is no room.
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#part, this.#target);
    });
  }

  /** Removes what was written. Never rejects. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await rm(this.#part, { force: true }).catch(() => {});
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw writeFault(error, this.#target);
    }
  }
}
