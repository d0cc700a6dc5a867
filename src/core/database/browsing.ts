import type { EntityFilter, IntervalQuery } from '../model';
import type { AreaOverviewQuery } from '../overview/overviewFacts';
import type { LanesQuery } from '../timeline/lanes';
import type { TimelineQuery } from '../timeline/timeline';
import type { DatabaseInfo } from './databaseInfo';
import type { IntervalDayQuery, OccupancyReader } from './occupancyReader';
import type { OccupancyReads } from './occupancyReads';
import { readIntervalDays, readIntervals, readRecentStates } from './readIntervals';
import { readOverview } from './readOverview';
import { readLanes, readTimeline } from './readTimeline';

/** Browsing, whatever is read from: all it takes are turns at the reads. */
export abstract class Browsing implements OccupancyReader {
  abstract describe(): Promise<DatabaseInfo>;

  getAreas = () => this.browse((reads) => reads.areas());
  getEntities = (filter?: EntityFilter) => this.browse((reads) => reads.entities(filter));
  getIntervals = (query: IntervalQuery) => this.track(() => readIntervals((read) => this.browse(read), query));
  getIntervalDays = (query: IntervalDayQuery) => this.track(() => readIntervalDays((read) => this.browse(read), query));
  getRecentStates = () => this.track(() => readRecentStates((read) => this.browse(read)));
  getPriors = (area: string) => this.browse((reads) => reads.priors(area));
  getOccupiedSpan = (area: string, from: string, to: string) => this.browse((reads) => reads.occupiedSpan(area, from, to));
  getTimeline = (query: TimelineQuery, signal?: AbortSignal) =>
    this.track(() => readTimeline((read) => this.browse(read), query, signal));
  getLanes = (query: LanesQuery, signal?: AbortSignal) => this.track(() => readLanes((read) => this.browse(read), query, signal));
  getOverview = () => this.track(async () => readOverview((read) => this.browse(read), await this.describe()));
  getAreaOverview = (query: AreaOverviewQuery) => this.browse(({ overview }) => overview.area(query));

  /** Lets one read have its turn. */
  protected abstract browse<T>(read: (reads: OccupancyReads) => T): Promise<T>;

  /** Runs what takes several turns; what is read from stays open meanwhile. */
  protected abstract track<T>(work: () => Promise<T>): Promise<T>;
}
