import type { AreaInput, EntityInput, EntitySaved } from '../model';
import type { LockPriority } from '../lock/lockPriority';
import type { Clock } from '../ports/clock';
import { Browsing } from './browsing';
import type { OccupancyReads } from './occupancyReads';
import type { OccupancySession } from './occupancySession';

/** The seed waits this long (ms) before it tries a save again that found the database busy. */
const SAVE_RETRY_DELAYS = [100, 250, 500, 1000];

/** The seed's operations, under its names: each in a session of its own, under the lock as the seed takes it. */
export abstract class SeedOperations extends Browsing {
  /** The seed's get_latest_interval: the newest end of an interval less one hour; ten days ago when there is none. */
  getLatestInterval = () => this.readAsSeed((reads) => reads.latestInterval(this.clock.now()));
  /** The seed's load_data: every area with its prior and its entities. */
  loadData = () => this.readAsSeed((reads) => reads.loadData());
  /** The seed's get_area_data. Throws SchemaError when there is no such area. */
  getAreaData = (area: string) => this.readAsSeed((reads) => reads.areaData(area));

  /** The seed's save_area_data. Throws InvalidDataError naming the field, ReadOnlyError, LockTimeoutError. */
  saveAreaData = (area: AreaInput): Promise<void> =>
    this.write((session) => session.saveArea(area), { priority: 'interactive', busyDelays: SAVE_RETRY_DELAYS });
  /** The seed's save_entity_data; says what it did. Throws InvalidDataError, ReadOnlyError, LockTimeoutError. */
  saveEntityData = (entity: EntityInput): Promise<EntitySaved> =>
    this.write((session) => session.saveEntity(entity), { priority: 'interactive', busyDelays: SAVE_RETRY_DELAYS });

  protected abstract readonly clock: Pick<Clock, 'now'>;

  /** Reads under the lock where the seed's dialect asks for it. */
  protected abstract readAsSeed<T>(read: (reads: OccupancyReads) => T): Promise<T>;

  /** Runs `fn` in one write transaction under the lock, and again after each of `busyDelays` (ms) while that is busy. */
  protected abstract write<T>(
    fn: (session: OccupancySession) => T | Promise<T>,
    options: { readonly priority: LockPriority; readonly busyDelays: readonly number[] },
  ): Promise<T>;
}
