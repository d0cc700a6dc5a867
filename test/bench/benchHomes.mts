// Databases that benches read: made once and kept in .demo/.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';

const ENTITIES = 60;
/** At pace 1 an entity has about 59 intervals a day: 100,000 in all. */
const DAYS = 28;

const folder = fileURLToPath(new URL('../../.demo/', import.meta.url));

/** @returns the path of a database whose first area has 60 entities, as has each of the others */
export function makeOnce(areas: number, days = DAYS): string {
  const path = `${folder}bench-${areas}-areas-${days}-days.db`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.unfinished`;
  const { intervalCount } = buildDatabase(unfinished, { version: 18, areas, entities: areas * ENTITIES, days });
  renameSync(unfinished, path);
  console.log(JSON.stringify({ bench: 'homes', made: path, intervals: intervalCount }));
  return path;
}

/** @param parts of one that it is rounded to */
export function median(numbers: readonly number[], parts = 10): number {
  const middle = numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
  return Math.round(middle * parts) / parts;
}
