import { InvalidDataError } from '../errors';
import type { AreaInput } from '../model';
import type { SqlWriter } from '../ports/sql';
import { namesToJson } from './namesToJson';
import type { OccupancySchema } from './occupancySchema';

/**
 * The seed's save_area_data: inserts the area, or changes the named columns of the row that has its primary key and keeps
 * created_at. `now` is naive UTC text. Throws InvalidDataError naming the field that must not be saved.
 */
export function saveArea(writer: SqlWriter, schema: OccupancySchema, area: AreaInput, now: string): void {
  const entryId = requireText('entry_id', area.entryId);
  const legacy = schema.generation === 'legacy';
  const areaId = legacy && isEmpty(area.areaId) ? entryId : requireText('area_id', area.areaId);
  const shared = {
    entryId,
    areaName: requireText('area_name', area.areaName),
    areaId,
    purpose: requireText('purpose', area.purpose),
    threshold: requireShare('threshold', area.threshold),
    now,
  };
  const own = legacy
    ? { areaPrior: area.areaPrior === undefined || area.areaPrior === null ? null : requireShare('area_prior', area.areaPrior) }
    : { adjacentAreas: area.adjacentAreas === undefined ? null : namesToJson('adjacent_areas', area.adjacentAreas) };
  writer.run(schema.queries.saveArea, { ...shared, ...own });
}

export function isEmpty(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

/** Callers may be plain JavaScript, so the type is not taken on trust. */
export function requireText(field: string, value: string | undefined): string {
  if (value !== undefined && !isEmpty(value)) return value;
  throw new InvalidDataError(`${field} is missing.`, `Give ${field} a value; nothing was saved.`);
}

function requireShare(field: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new InvalidDataError(
    `${field} must be a number from 0 to 1, not ${String(value)}.`,
    `Give ${field} as a share: 0.5 for 50 %. Nothing was saved.`,
  );
}
