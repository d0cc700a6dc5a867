import { AsyncLocalStorage } from 'node:async_hooks';
import type { Lock } from '../../src/core/lock/lock.ts';

/** A lock that excludes within this object, for tests that are not about lock files; it records what happened to it. */
export class FreeLock implements Lock {
  readonly events: string[] = [];
  readonly guarantee = 'marker';
  /** Thrown by the next `run` before it enters. */
  refusal: Error | undefined;
  /** Thrown by `assertHeld`. */
  loss: Error | undefined;
  #isHeld = false;
  #tail: Promise<unknown> = Promise.resolve();
  readonly #inside = new AsyncLocalStorage<boolean>();

  get isHeld(): boolean {
    return this.#isHeld;
  }

  async run<T>(fn: () => Promise<T>): Promise<T> {
    if (this.refusal) throw this.refusal;
    if (this.#inside.getStore() && this.#isHeld) return fn();
    const mine = this.#tail.then(async () => {
      this.#isHeld = true;
      this.events.push('acquired');
      try {
        return await this.#inside.run(true, fn);
      } finally {
        this.#isHeld = false;
        this.events.push('released');
      }
    });
    this.#tail = mine.catch(() => {});
    return mine;
  }

  assertHeld(): void {
    this.events.push('asserted');
    if (this.loss) throw this.loss;
  }

  onCompromised(): { dispose(): void } {
    return { dispose() {} };
  }
}
