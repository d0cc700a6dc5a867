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
  setRedisPassword: 'areaOccupancy.setRedisPassword',
  sync: 'areaOccupancy.sync',
  applySync: 'areaOccupancy.applySync',
  discardSync: 'areaOccupancy.discardSync',
  checkIntegrity: 'areaOccupancy.checkIntegrity',
  showFindings: 'areaOccupancy.showFindings',
  exportFindings: 'areaOccupancy.exportFindings',
  clearFindings: 'areaOccupancy.clearFindings',
  revealFinding: 'areaOccupancy.revealFinding',
  backup: 'areaOccupancy.backup',
  recover: 'areaOccupancy.recover',
  filterEntities: 'areaOccupancy.filterEntities',
  clearEntityFilter: 'areaOccupancy.clearEntityFilter',
  filterAreas: 'areaOccupancy.filterAreas',
  clearAreaFilter: 'areaOccupancy.clearAreaFilter',
  searchIntervals: 'areaOccupancy.searchIntervals',
  filterIntervals: 'areaOccupancy.filterIntervals',
  clearIntervalFilter: 'areaOccupancy.clearIntervalFilter',
  goToDate: 'areaOccupancy.goToDate',
  export: 'areaOccupancy.export',
  exportIntervals: 'areaOccupancy.exportIntervals',
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
  showPriors: 'areaOccupancy.showPriors',
  comparePriors: 'areaOccupancy.comparePriors',
  showOverview: 'areaOccupancy.showOverview',
  showAsText: 'areaOccupancy.showAsText',
  showAsPlot: 'areaOccupancy.showAsPlot',
} as const;

export const viewIds = {
  areas: 'areaOccupancy.areas',
  entities: 'areaOccupancy.entities',
  intervals: 'areaOccupancy.intervals',
  lock: 'areaOccupancy.lock',
  sync: 'areaOccupancy.sync',
  findings: 'areaOccupancy.findings',
} as const;

export const contextKeys = {
  /** At least one database is open. */
  hasDatabase: 'areaOccupancy.hasDatabase',
  /** Looking for databases has ended, so that the welcome text does not flash up before. */
  searched: 'areaOccupancy.searched',
  entitiesGrouping: 'areaOccupancy.entitiesGrouping',
  areasFiltered: 'areaOccupancy.areasFiltered',
  entitiesFiltered: 'areaOccupancy.entitiesFiltered',
  intervalsFiltered: 'areaOccupancy.intervalsFiltered',
  intervalsGrouping: 'areaOccupancy.intervalsGrouping',
  /** A check found something. */
  hasFindings: 'areaOccupancy.hasFindings',
  /** A sync was planned and waits for the user's answer. */
  hasSyncPreview: 'areaOccupancy.hasSyncPreview',
  /** A sync is reading or writing. */
  syncing: 'areaOccupancy.syncing',
} as const;

export const settingIds = {
  databasePaths: 'areaOccupancy.databasePaths',
  snapshots: 'areaOccupancy.snapshots',
  lockTimeout: 'areaOccupancy.lock.timeout',
  staleLockTimeout: 'areaOccupancy.lock.staleTimeout',
  readLocks: 'areaOccupancy.lock.reads',
  redisUrl: 'areaOccupancy.lock.redis.url',
  redisFallback: 'areaOccupancy.lock.redis.fallback',
  pageSize: 'areaOccupancy.intervals.pageSize',
  syncSource: 'areaOccupancy.sync.source',
  plots: 'areaOccupancy.plots',
} as const;

/** Schemes of the views that are read-only documents of text; each is its language too, for which package.json sets the editor up. */
export const documentSchemes = {
  timeline: 'area-occupancy-timeline',
  priors: 'area-occupancy-priors',
  overview: 'area-occupancy-overview',
  lock: 'area-occupancy-lock',
  lockMetrics: 'area-occupancy-lock-metrics',
} as const;

/** Scheme of the read-only documents that report what a check or a recovery found: Markdown. */
export const reportScheme = 'area-occupancy-report';

/** Types of the views that are webview panels. */
export const viewTypes = {
  timeline: 'areaOccupancy.timeline',
  priors: 'areaOccupancy.priors',
  /** Also that of the editor that an occupancy database can be opened with. */
  overview: 'areaOccupancy.overview',
  lockMetrics: 'areaOccupancy.lockMetrics',
} as const;

/** Colours of our own, for which package.json has a default in each kind of theme. */
export const colorIds = {
  heat1: 'areaOccupancy.heat1',
  heat2: 'areaOccupancy.heat2',
  heat3: 'areaOccupancy.heat3',
  heat4: 'areaOccupancy.heat4',
} as const;

/** What VS Code keeps for us. */
export const storageKeys = {
  /** In the workspace's state: what the views are narrowed to. */
  areasFilter: 'areaOccupancy.areas.filter',
  entitiesFilter: 'areaOccupancy.entities.filter',
  intervalsFilter: 'areaOccupancy.intervals.filter',
  /** In the global state: addresses of Home Assistant, the one used last first. */
  homeAssistantUrls: 'areaOccupancy.homeAssistant.urls',
  /** In the secret storage, followed by the address. */
  homeAssistantToken: 'areaOccupancy.homeAssistant.token:',
  /** In the secret storage, followed by the user, host and port. */
  redisPassword: 'areaOccupancy.redis.password:',
} as const;
