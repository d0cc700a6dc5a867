// The databases of the timelines' benches: made once and kept in .demo/.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';

const ENTITIES = 60;
/** At pace 1 an entity has about 59 intervals a day: 100,000 in all. */
const DAYS = 28;

/** The four weeks that the databases have. */
export const FOUR_WEEKS = { from: '2026-10-23 00:00:00', to: '2026-11-20 00:00:00' };

const folder = fileURLToPath(new URL('../../.demo/', import.meta.url));

/** @returns the path of a database whose first area, Living Room, has 60 entities, as has each of the others */
export function makeOnce(areas: number): string {
  const path = `${folder}bench-timeline-${areas}.db`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.unfinished`;
  const { intervalCount } = buildDatabase(unfinished, { version: 18, areas, entities: areas * ENTITIES, days: DAYS });
  renameSync(unfinished, path);
  console.log(JSON.stringify({ bench: 'timeline', made: path, intervals: intervalCount }));
  return path;
}
