import { LockMeter } from '../../../src/core/metrics/lockMeter';
import type { LockMetrics } from '../../../src/core/metrics/lockMetrics';
import { NodeHistogram } from '../../../src/platform/lock/nodeHistogram';
import { FakeClock } from '../lock/fakeWorld';

export const PATH = '/config/a "b"\\c\n/area_occupancy.db.lock';

/** A use that met nobody, one that waited for AOD, and things that went wrong. */
export function someMetrics(path = PATH): LockMetrics {
  const clock = new FakeClock();
  const meter = new LockMeter(path, 77, clock, () => new NodeHistogram());
  const guarantee = 'kernel+marker';
  const alone = { guardWaited: 0, handedOff: undefined, polls: 0, guarantee } as const;
  meter.asked(0);
  meter.acquired({ ...alone, priority: 'interactive', peer: 'none', waited: 0.06 });
  meter.released(12);
  meter.asked(2);
  meter.acquired({ priority: 'background', peer: 'marker', waited: 2400, guardWaited: 3, handedOff: 0.4, polls: 25, guarantee });
  meter.peerHeld('marker', 2400);
  meter.beat(1.5);
  meter.beat(undefined);
  meter.failed('timeout');
  meter.broke('age');
  return meter.snapshot();
}
