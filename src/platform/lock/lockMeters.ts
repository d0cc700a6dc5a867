import { LockMeter } from '../../core/metrics/lockMeter';
import { systemClock } from '../systemClock';
import { NodeHistogram } from './nodeHistogram';

/** What a site has counted is kept for as long as anybody could ask for it, and sites come and go meanwhile. */
const meters = new Map<string, WeakRef<LockMeter>>();

const collected = new FinalizationRegistry<string>((path) => {
  if (meters.get(path)?.deref() === undefined) meters.delete(path);
});

/** The one meter of this process for a lock. @param path of the lock file, its folder resolved */
export function meterOf(path: string): LockMeter {
  const known = meters.get(path)?.deref();
  if (known) return known;
  const meter = new LockMeter(path, process.pid, systemClock, () => new NodeHistogram());
  meters.set(path, new WeakRef(meter));
  collected.register(meter, path);
  return meter;
}
