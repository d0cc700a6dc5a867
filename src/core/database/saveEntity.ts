import { InvalidDataError } from '../errors';
import type { EntityInput, EntitySaved } from '../model';
import type { Log } from '../ports/log';
import type { SqlWriter } from '../ports/sql';
import { pythonFloat } from '../sync/pythonFloat';
import { utcMilliseconds } from '../time';
import { namesToJson } from './namesToJson';
import type { OccupancySchema } from './occupancySchema';
import { isEmpty, requireText } from './saveArea';

/** AOD's defaults for an entity. */
const DEFAULT_WEIGHT = 0.85;
const DEFAULT_PROB_GIVEN_TRUE = 0.8;
const DEFAULT_PROB_GIVEN_FALSE = 0.05;

/** AOD's bounds of all three numbers of an entity. */
export const LEAST = 0.01;
export const MOST = 0.99;

/**
 * The seed's save_entity_data: inserts the entity, or changes the named columns of the row that has its primary key.
 * Weight and probabilities are parsed, defaulted and clamped; an entity without a type is skipped with a warning.
 * `now` is naive UTC text. Throws InvalidDataError when a part of the primary key is missing.
 */
export function saveEntity(writer: SqlWriter, schema: OccupancySchema, entity: EntityInput, now: string, log: Log): EntitySaved {
  const entityId = requireText('entity_id', entity.entityId);
  const entryId = requireText('entry_id', entity.entryId);
  const legacy = schema.generation === 'legacy';
  const areaName = legacy ? null : requireText('area_name', entity.areaName);
  const { entityType } = entity;
  if (typeof entityType !== 'string' || isEmpty(entityType)) {
    const reason = `Entity ${entityId} was not saved: it has no type.`;
    log.warn(reason);
    return { outcome: 'skipped', reason };
  }
  const numbers = {
    weight: bounded(entity.weight, DEFAULT_WEIGHT),
    probGivenTrue: bounded(entity.probGivenTrue, DEFAULT_PROB_GIVEN_TRUE),
    probGivenFalse: bounded(entity.probGivenFalse, DEFAULT_PROB_GIVEN_FALSE),
  };
  writer.run(schema.queries.saveEntity, {
    entryId,
    entityId,
    entityType,
    ...numbers,
    isDecaying: flag(entity.isDecaying),
    decayStart: requireTime('decay_start', entity.decayStart),
    evidence: flag(entity.evidence),
    now,
    ...(legacy ? {} : { areaName, isShared: flag(entity.isShared), sharedWithAreas: sharedJson(entity.sharedWithAreas) }),
  });
  return { outcome: 'saved', ...numbers };
}

function bounded(value: unknown, standard: number): number {
  const number = numberFrom(value);
  return number === null || Number.isNaN(number) ? standard : Math.min(MOST, Math.max(LEAST, number));
}

function numberFrom(value: unknown): number | null {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? pythonFloat(value) : null;
}

/** A boolean column's value; null keeps what is there. */
function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : Number(value);
}

function requireTime(field: string, value: string | null | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && !Number.isNaN(utcMilliseconds(value))) return value;
  const step = 'Give it as UTC in the form YYYY-MM-DD HH:MM:SS.ffffff, or null for none. Nothing was saved.';
  throw new InvalidDataError(`${field} is no stored time.`, step);
}

function sharedJson(names: readonly string[] | undefined): string | null {
  return names === undefined ? null : namesToJson('shared_with_areas', names);
}
