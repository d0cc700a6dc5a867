import { faultCode } from '../../../../src/core/ports/lockFiles';
import type { LossReason } from '../../../../src/platform/lock/heartbeatSlot';
import { HeartbeatSlot } from '../../../../src/platform/lock/heartbeatSlot';
import { refreshLock } from '../../../../src/platform/lock/refreshLock';
import { beatOn } from './modelDisk';
import { BEAT_SECONDS } from './operations';
import type { Calls, Program } from './replay';
import type { ModelPulse } from './world';
import { LOCK } from './world';

export interface BeatOptions {
  /** True for a heartbeat that does not ask whether the hold has ended meanwhile. */
  readonly isBlind?: boolean;
}

/** The slot that a hold shares with its thread, each look at which is a step. */
class ModelSlot extends HeartbeatSlot {
  readonly #calls: Calls;
  readonly #blindTo: number | undefined;

  constructor(calls: Calls, blindTo: number | undefined) {
    super();
    this.#calls = calls;
    this.#blindTo = blindTo;
  }

  override get generation(): number {
    return this.#blindTo ?? (this.#calls.now({ name: 'generation' }) as number);
  }

  override beat(generation: number): void {
    void this.#calls.now({ name: 'beat', generation });
  }
}

/** One beat of the heartbeat's thread, a beat's interval after the beginning. */
export function heartbeat({ isBlind = false }: BeatOptions): Program {
  return async (calls) => {
    await calls.later({ name: 'sleep', ms: BEAT_SECONDS * 1000 });
    const pulse = calls.now({ name: 'claimOfBeat' }) as ModelPulse | undefined;
    if (!pulse) return;
    const { generation, inode, content } = pulse;
    const slot = new ModelSlot(calls, isBlind ? generation : undefined);
    const loss = refresh(calls, slot, { generation, device: 1n, inode: BigInt(inode), content: Buffer.from(content, 'latin1') });
    if (loss && slot.generation === generation) calls.now({ name: 'loseBeat', generation, reason: loss });
  };
}

function refresh(calls: Calls, slot: HeartbeatSlot, claim: Parameters<typeof refreshLock>[2]): LossReason | undefined {
  try {
    return beatOn(calls, () => refreshLock(LOCK, slot, claim));
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return 'gone';
    throw error;
  }
}
