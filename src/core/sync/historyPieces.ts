import { DAY_US, SECOND_US } from '../time';
import { isEntityId } from './entityId';
import { everyRowCounts } from './significantDomains';
import type { HistoryRequest } from './stateSource';

/** Entities that are asked for together. */
export interface EntityGroup {
  readonly entityIds: readonly string[];
  /** Whether attributes are asked for; they are most of an answer. */
  readonly attributes: boolean;
}

/** What one request asks for: the changes of a group from `from` on and before `to`, µs since the epoch. */
export interface HistoryPiece {
  readonly group: EntityGroup;
  readonly from: number;
  readonly to: number;
}

const LARGEST_GROUP = 50;

/** Days of 24 h from `start` on, the last one cut at `end`; µs since the epoch. */
export function historyDays(start: number, end: number): { readonly from: number; readonly to: number }[] {
  const days = Math.max(0, Math.ceil((end - start) / DAY_US));
  return Array.from({ length: days }, (_, day) => ({
    from: start + day * DAY_US,
    to: Math.min(start + (day + 1) * DAY_US, end),
  }));
}

/**
 * The entities in groups whose answers stay of moderate size. Ids that Home Assistant refuses are left out. Where attributes
 * count as changes they are asked for, unit or not: without them Home Assistant answers nothing at all when no state has
 * changed since the start (`entities_may_have_state_changes_after`).
 */
export function groupEntities({ entityIds, withUnit }: HistoryRequest): EntityGroup[] {
  const valid = [...new Set(entityIds)].filter(isEntityId);
  const isRich = (entityId: string): boolean => withUnit.has(entityId) || everyRowCounts(entityId);
  return [true, false].flatMap((attributes) => {
    const alike = valid.filter((entityId) => isRich(entityId) === attributes);
    const count = Math.ceil(alike.length / LARGEST_GROUP);
    return Array.from({ length: count }, (_, index) => ({
      entityIds: alike.slice(index * LARGEST_GROUP, (index + 1) * LARGEST_GROUP),
      attributes,
    }));
  });
}

/** Two halves of a piece whose answer is too large, by entities, or of one entity by time; undefined where none is left. */
export function halve(piece: HistoryPiece): readonly [HistoryPiece, HistoryPiece] | undefined {
  const { group, from, to } = piece;
  if (group.entityIds.length > 1) {
    const middle = Math.ceil(group.entityIds.length / 2);
    const part = (entityIds: readonly string[]): HistoryPiece => ({ ...piece, group: { ...group, entityIds } });
    return [part(group.entityIds.slice(0, middle)), part(group.entityIds.slice(middle))];
  }
  if (to - from < 2 * SECOND_US) return undefined;
  const middle = from + Math.floor((to - from) / 2);
  return [
    { group, from, to: middle },
    { group, from: middle, to },
  ];
}
