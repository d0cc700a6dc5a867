/** The library for scripts and tests: what the extension itself runs on, for Node, without vscode. */
export * from './core/errors';
export * from './core/interruptedErrors';
export type * from './core/model';
export type { BackupOptions, BackupProgress, BackupReport } from './core/backup/backupReport';
export type { CheckOptions, CheckProgress, CheckReport } from './core/check/checkReport';
export type { FieldValue, Finding, FindingRow, IntervalFacts, Rule, Severity } from './core/check/finding';
export type { DatabaseInfo, SchemaGeneration } from './core/database/databaseInfo';
export type { IntervalDayQuery, OccupancyReader } from './core/database/occupancyReader';
export type {
  Box,
  BoxPart,
  BoxValue,
  Lane,
  LaneState,
  OccupiedLane,
  Timeline,
  TimelineLane,
  TimelineQuery,
} from './core/timeline/timeline';
export type { LaneEntity, Lanes, LanesQuery, SketchedArea, SketchedEntity, SketchedLane } from './core/timeline/lanes';
export { drawnBoxes, type DrawnBoxes } from './core/timeline/drawnBoxes';
export { unpackBoxes } from './core/timeline/packBoxes';
export type { ExportedRows, ExportOptions, ExportRequest, ExportResult, RowFormat } from './core/export/exportRequest';
export type * from './core/overview/overviewFacts';
export type { OccupancySession } from './core/database/occupancySession';
export { OccupancyDatabase } from './platform/database/occupancyDatabase';
export { deleteLearnedHistory } from './platform/database/deleteLearnedHistory';
export { editRow } from './platform/database/editRow';
export type { DeleteOptions } from './core/history/deleteHistory';
export type { LearnedHistory } from './core/history/learnedHistory';
export type { EditResult, RowEdit } from './core/edit/rowEdit';
export { recoverDatabase } from './platform/recover/recoverDatabase';
export type { LostRows, RecoveredTable, RecoveryOptions, RecoveryProgress, RecoveryReport } from './core/recover/recoveryReport';
export type { PageRange } from './core/recover/pageFile';
export type { OpenOptions, ReadLocks } from './platform/database/openOptions';
export { homeAssistant, type HomeAssistantOptions } from './platform/sync/homeAssistantSource';
export { recorderFile, type RecorderOptions } from './platform/sync/recorderSource';
export type { ApplyOptions, ChunkLimits, SyncOptions } from './core/sync/applySync';
export type { PlanOptions } from './core/sync/planSync';
export type { HistoryRequest, ReadingProgress, ReadOptions, StateBatch, StateChange, StateSource } from './core/sync/stateSource';
export type { PlannedInterval, PlannedSample, SyncPlan } from './core/sync/syncPlan';
export type { SyncProgress } from './core/sync/syncProgress';
export type * from './core/sync/syncReport';
export type {
  ClearResult,
  LockDialect,
  LockInspection,
  LockState,
  RedisFallback,
  RedisInspection,
} from './core/lock/lockInspection';
export type { Lock, LockGuarantee, LockTimeout } from './core/lock/lock';
export type { Distribution } from './core/metrics/distribution';
export type { ByPeer, LockCount, LockMetrics } from './core/metrics/lockMetrics';
export { prometheusText } from './core/metrics/prometheusText';
export type { LockPriority } from './core/lock/lockPriority';
export type { LockPeer } from './core/ports/lockEvents';
export type { Log } from './core/ports/log';
export type { AcquireOptions, FileLockOptions } from './platform/lock/fileLock';
export type { RedisOptions } from './platform/lock/redisLock';
export { FileLock } from './platform/lock/fileLock';
export { inspectLock } from './platform/lock/inspectLock';
export type { ClearOptions } from './platform/lock/clearStaleLock';
export { clearStaleLock } from './platform/lock/clearStaleLock';
