import type { DatabaseInfo } from '../core/database/databaseInfo';
import type { IntervalDayQuery, OccupancyReader } from '../core/database/occupancyReader';
import type { FriendlyNames } from '../core/friendlyNames';
import type { LearnedHistory } from '../core/history/learnedHistory';
import type { ClearResult, LockInspection } from '../core/lock/lockInspection';
import type { LockMetrics } from '../core/metrics/lockMetrics';
import type {
  Area,
  AreaKey,
  AreaPriors,
  Entity,
  EntityFilter,
  Interval,
  IntervalDay,
  IntervalQuery,
  OccupiedSpan,
} from '../core/model';
import type { Lanes, LanesQuery } from '../core/timeline/lanes';
import type { AreaOverview, AreaOverviewQuery, DatabaseOverview } from '../core/overview/overviewFacts';
import type { Timeline, TimelineQuery } from '../core/timeline/timeline';
import type { RecorderFinding } from '../core/sync/recorderFinding';
import type { DatabaseMethod, DatabaseRequests } from '../protocol/databaseProtocol';
import { type RequestOptions } from './databaseProcess';

/** What is asked of a database and needs nothing but the answer. */
export abstract class RemoteReads implements OccupancyReader {
  describe = (): Promise<DatabaseInfo> => this.request('describe', undefined);
  getAreas = (): Promise<readonly Area[]> => this.request('getAreas', undefined);
  getEntities = (filter: EntityFilter = {}): Promise<readonly Entity[]> => this.request('getEntities', filter);
  getIntervals = (query: IntervalQuery): Promise<readonly Interval[]> => this.request('getIntervals', query);
  getIntervalDays = (query: IntervalDayQuery): Promise<readonly IntervalDay[]> => this.request('getIntervalDays', query);
  getRecentStates = (): Promise<readonly string[]> => this.request('getRecentStates', undefined);
  getPriors = (area: string): Promise<AreaPriors> => this.request('getPriors', { area });
  getOccupiedSpan = (area: string, from: string, to: string): Promise<OccupiedSpan> =>
    this.request('getOccupiedSpan', { area, from, to });
  getTimeline = (query: TimelineQuery, signal?: AbortSignal): Promise<Timeline> => this.request('getTimeline', query, { signal });
  getLanes = (query: LanesQuery, signal?: AbortSignal): Promise<Lanes> => this.request('getLanes', query, { signal });
  getOverview = (): Promise<DatabaseOverview> => this.request('getOverview', undefined);
  getAreaOverview = (query: AreaOverviewQuery): Promise<AreaOverview> => this.request('getAreaOverview', query);
  getFriendlyNames = (): Promise<FriendlyNames> => this.request('getFriendlyNames', undefined);
  inspectLock = (signal?: AbortSignal): Promise<LockInspection> => this.request('inspectLock', undefined, { signal });
  clearStaleLock = (expected: LockInspection): Promise<ClearResult> => this.request('clearStaleLock', { expected });
  getLockMetrics = (): Promise<LockMetrics> => this.request('getLockMetrics', undefined);
  resetLockMetrics = (): Promise<void> => this.request('resetLockMetrics', undefined);
  findRecorder = (): Promise<RecorderFinding> => this.request('findRecorder', undefined);
  getHistory = (area: AreaKey): Promise<LearnedHistory> => this.request('getHistory', area);

  /** Sends a request to the database process. */
  protected abstract request<M extends DatabaseMethod>(
    method: M,
    params: DatabaseRequests[M]['params'],
    options?: RequestOptions,
  ): Promise<DatabaseRequests[M]['result']>;
}
