/** Every id that package.json and the code must agree on; a test compares the two both ways. */
export const commandIds = {
  openDatabase: 'areaOccupancy.openDatabase',
  closeDatabase: 'areaOccupancy.closeDatabase',
  refresh: 'areaOccupancy.refresh',
  showLock: 'areaOccupancy.showLock',
  clearStaleLock: 'areaOccupancy.clearStaleLock',
  showLockMetrics: 'areaOccupancy.showLockMetrics',
  resetLockMetrics: 'areaOccupancy.resetLockMetrics',
  exportLockMetrics: 'areaOccupancy.exportLockMetrics',
  sync: 'areaOccupancy.sync',
  applySync: 'areaOccupancy.applySync',
  discardSync: 'areaOccupancy.discardSync',
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
  sync: 'areaOccupancy.sync',
} as const;

export const contextKeys = {
  /** At least one database is open. */
  hasDatabase: 'areaOccupancy.hasDatabase',
  /** Looking for databases has ended, so that the welcome text does not flash up before. */
  searched: 'areaOccupancy.searched',
  entitiesGrouping: 'areaOccupancy.entitiesGrouping',
  entitiesFiltered: 'areaOccupancy.entitiesFiltered',
  intervalsGrouping: 'areaOccupancy.intervalsGrouping',
  /** A sync was planned and waits for the user's answer. */
  hasSyncPreview: 'areaOccupancy.hasSyncPreview',
  /** A sync is reading or writing. */
  syncing: 'areaOccupancy.syncing',
} as const;

export const settingIds = {
  databasePaths: 'areaOccupancy.databasePaths',
  lockTimeout: 'areaOccupancy.lock.timeout',
  staleLockTimeout: 'areaOccupancy.lock.staleTimeout',
  readLocks: 'areaOccupancy.lock.reads',
  pageSize: 'areaOccupancy.intervals.pageSize',
  syncSource: 'areaOccupancy.sync.source',
  plots: 'areaOccupancy.plots',
} as const;

/** Schemes of the views that are read-only documents of text; each is its language too, for which package.json sets the editor up. */
export const documentSchemes = {
  timeline: 'area-occupancy-timeline',
  lockMetrics: 'area-occupancy-lock-metrics',
} as const;

/** Types of the views that are webview panels. */
export const viewTypes = {
  timeline: 'areaOccupancy.timeline',
} as const;

/** Scheme of the read-only documents that describe a lock. */
export const lockDocumentScheme = 'area-occupancy-lock';

/** What VS Code keeps for us. */
export const storageKeys = {
  /** In the global state: addresses of Home Assistant, the one used last first. */
  homeAssistantUrls: 'areaOccupancy.homeAssistant.urls',
  /** In the secret storage, followed by the address. */
  homeAssistantToken: 'areaOccupancy.homeAssistant.token:',
} as const;
