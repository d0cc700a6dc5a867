/** Every id that package.json and the code must agree on; a test compares the two both ways. */
export const commandIds = {
  openDatabase: 'areaOccupancy.openDatabase',
  closeDatabase: 'areaOccupancy.closeDatabase',
  refresh: 'areaOccupancy.refresh',
  showLock: 'areaOccupancy.showLock',
  clearStaleLock: 'areaOccupancy.clearStaleLock',
  filterEntities: 'areaOccupancy.filterEntities',
  clearEntityFilter: 'areaOccupancy.clearEntityFilter',
  groupEntitiesByArea: 'areaOccupancy.groupEntitiesByArea',
  groupEntitiesByType: 'areaOccupancy.groupEntitiesByType',
  groupIntervalsByArea: 'areaOccupancy.groupIntervalsByArea',
  groupIntervalsByEntity: 'areaOccupancy.groupIntervalsByEntity',
  showIntervals: 'areaOccupancy.showIntervals',
  loadMore: 'areaOccupancy.loadMore',
  copyEntityId: 'areaOccupancy.copyEntityId',
  showTimeline: 'areaOccupancy.showTimeline',
  timelineEarlier: 'areaOccupancy.timeline.earlier',
  timelineLater: 'areaOccupancy.timeline.later',
  timelineToday: 'areaOccupancy.timeline.today',
  timelineDay: 'areaOccupancy.timeline.day',
  timelineWeek: 'areaOccupancy.timeline.week',
  timelineFourWeeks: 'areaOccupancy.timeline.fourWeeks',
  timelineGoToDate: 'areaOccupancy.timeline.goToDate',
  timelineRevealInterval: 'areaOccupancy.timeline.revealInterval',
} as const;

export const viewIds = {
  areas: 'areaOccupancy.areas',
  entities: 'areaOccupancy.entities',
  intervals: 'areaOccupancy.intervals',
} as const;

export const contextKeys = {
  /** At least one database is open. */
  hasDatabase: 'areaOccupancy.hasDatabase',
  /** Looking for databases has ended, so that the welcome text does not flash up before. */
  searched: 'areaOccupancy.searched',
  entitiesGrouping: 'areaOccupancy.entitiesGrouping',
  entitiesFiltered: 'areaOccupancy.entitiesFiltered',
  intervalsGrouping: 'areaOccupancy.intervalsGrouping',
} as const;

export const settingIds = {
  databasePaths: 'areaOccupancy.databasePaths',
  lockTimeout: 'areaOccupancy.lock.timeout',
  staleLockTimeout: 'areaOccupancy.lock.staleTimeout',
  readLocks: 'areaOccupancy.lock.reads',
  pageSize: 'areaOccupancy.intervals.pageSize',
} as const;

/** Scheme of the read-only documents that are timelines, and their language, for which package.json sets the editor up. */
export const timelineScheme = 'area-occupancy-timeline';

/** Scheme of the read-only documents that describe a lock. */
export const lockDocumentScheme = 'area-occupancy-lock';
