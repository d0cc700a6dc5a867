import type { Clock } from '../../core/ports/clock';
import type { Wake } from '../../core/ports/wake';

/** A wake that somebody else touches. */
export class TouchWake implements Wake {
  readonly #clock: Clock;
  #isTouched = false;
  #waiting: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
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

  touch(): void {
    this.#isTouched = true;
    this.#waiting?.abort();
  }

  dispose(): void {
    this.#waiting?.abort();
  }
}
