import type { FSWatcher } from 'node:fs';
import fs from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../core/ports/clock';
import type { Wake } from '../../core/ports/wake';
import { TouchWake } from './touchWake';

/** Watches the folder, for one name in it; where that cannot be done, only the time wakes. */
export class FolderWake implements Wake {
  readonly #touched: TouchWake;
  #watcher: FSWatcher | undefined;

  constructor(path: string, clock: Clock) {
    this.#touched = new TouchWake(clock);
    const name = basename(path);
    try {
      this.#watcher = fs.watch(dirname(path), { persistent: false }, (_event, changed) => {
        if (changed === null || changed === name) this.#touched.touch();
      });
      this.#watcher.on('error', () => this.dispose());
    } catch {
      // No watches left, or none on this file system: the caller's poll remains.
    }
  }

  wait(ms: number, signal?: AbortSignal): Promise<boolean> {
    return this.#touched.wait(ms, signal);
  }

  dispose(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
