import type { LockPeer } from '../ports/lockEvents';
import { parseLockContent } from './lockContent';
import type { LockObservation } from './lockObservation';
import type { LockSite } from './lockSite';

/** The one who had the lock when it was last looked at. */
export interface SeenHolder {
  readonly peer: LockPeer;
  readonly content: string;
  /** On the monotonic scale, ms; before our own start for who had it already. */
  readonly since: number;
}

/** ms; a hold that claims to have begun earlier is one of another clock. */
const LONGEST_HOLD = 86_400_000;

/** Sees holders come and go while somebody waits, and so learns how long they hold. A file is told from the next by its content. */
export class HolderWatch {
  readonly #site: LockSite;
  readonly #onEnd: (holder: SeenHolder, held: number) => void;
  #holder: SeenHolder | undefined;

  constructor(site: LockSite, onEnd: (holder: SeenHolder, held: number) => void) {
    this.#site = site;
    this.#onEnd = onEnd;
  }

  get holder(): SeenHolder | undefined {
    return this.#holder;
  }

  saw({ status, content = '', fault }: LockObservation): void {
    const before = this.#holder;
    // What cannot be looked at, or is just being written, ends nothing.
    if (fault !== undefined || (status && content === '') || (status && before?.content === content)) return;
    const now = this.#site.clock.monotonic();
    this.#holder = status && {
      ...this.#identify(content),
      content,
      since: now - this.#ageOf(content, Number(status.modified) / 1e6),
    };
    if (before) this.#onEnd(before, now - before.since);
  }

  /** What was there did not end by itself, so it says nothing of how long a hold lasts. */
  forget(): void {
    this.#holder = undefined;
  }

  #identify(content: string): { peer: LockPeer } {
    return { peer: this.#site.glance().record?.content === content ? 'ours' : parseLockContent(content).dialect };
  }

  /** ms */
  #ageOf(content: string, modified: number): number {
    const { time } = parseLockContent(content);
    const age = this.#site.clock.now() - (time === undefined ? modified : time * 1000);
    return age >= 0 && age <= LONGEST_HOLD ? age : 0;
  }
}
