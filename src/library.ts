/** The library for scripts and tests: what the extension itself runs on, for Node, without vscode. */
export * from './core/errors';
export type * from './core/model';
export type { DatabaseInfo, SchemaGeneration } from './core/database/databaseInfo';
export type { IntervalDayQuery, OccupancyReader } from './core/database/occupancyReader';
export type { OccupancySession } from './core/database/occupancySession';
export { OccupancyDatabase, type OpenOptions, type ReadLocks } from './platform/database/occupancyDatabase';
