import type { FSWatcher } from 'node:fs';
import fs from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../core/ports/clock';
import type { Wake } from '../../core/ports/wake';

/** Watches the folder, for one name in it; where that cannot be done, only the time wakes. */
export class FolderWake implements Wake {
  readonly #clock: Clock;
  #watcher: FSWatcher | undefined;
  #isTouched = false;
  #waiting: AbortController | undefined;

  constructor(path: string, clock: Clock) {
    this.#clock = clock;
    const name = basename(path);
    try {
      this.#watcher = fs.watch(dirname(path), { persistent: false }, (_event, changed) => {
        if (changed === null || changed === name) this.#touch();
      });
      this.#watcher.on('error', () => this.dispose());
    } catch {
      // No watches left, or none on this file system: the caller's poll remains.
    }
  }

  async wait(ms: number, signal?: AbortSignal): Promise<boolean> {
    if (!this.#isTouched || signal?.aborted) {
      const touched = new AbortController();
      this.#waiting = touched;
      try {
        await this.#clock.sleep(ms, signal ? AbortSignal.any([touched.signal, signal]) : touched.signal);
      } catch (error) {
        if (!touched.signal.aborted || signal?.aborted) throw error;
      } finally {
        this.#waiting = undefined;
      }
    }
    const isTouched = this.#isTouched;
    this.#isTouched = false;
    return isTouched;
  }

  dispose(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #touch(): void {
    this.#isTouched = true;
    this.#waiting?.abort();
  }
}
