import type { FriendlyNames } from '../friendlyNames';
import type { Entity, IntervalFilter } from '../model';
import { matchesFilter } from './entityRows';

export type Activity = 'active' | 'inactive';

/** What the Intervals view is narrowed to; what is empty lets everything through. */
export interface IntervalsFilter {
  /** Part of an entity's id, name, type or area. */
  readonly text: string;
  readonly areas: readonly string[];
  readonly types: readonly string[];
  /** Names of states, and the two groups of them: what any of these lets through is shown. */
  readonly states: readonly string[];
  readonly activities: readonly Activity[];
}

export const noIntervalsFilter: IntervalsFilter = { text: '', areas: [], types: [], states: [], activities: [] };

/** Whether it lets everything through. */
export function isEverything(filter: IntervalsFilter): boolean {
  return narrowsNoEntities(filter) && stateFilter(filter) === undefined;
}

/** The entities whose intervals are shown. */
export function shownEntities(filter: IntervalsFilter, entities: readonly Entity[], names: FriendlyNames): readonly Entity[] {
  const { text, areas, types } = filter;
  if (narrowsNoEntities(filter)) return entities;
  return entities.filter(
    (entity) =>
      (areas.length === 0 || areas.includes(entity.areaName)) &&
      (types.length === 0 || types.includes(entity.entityType)) &&
      (text === '' || matchesFilter(entity, names, text)),
  );
}

/**
 * What a database is asked for to show the intervals of entities; undefined for all it has.
 * @param shown of `shownEntities`, those that the question is about
 */
export function intervalFilter(filter: IntervalsFilter, shown: readonly Entity[]): IntervalFilter | undefined {
  const states = stateFilter(filter);
  if (narrowsNoEntities(filter)) return states;
  return { ...states, entities: [...new Set(shown.map(({ entityId }) => entityId))] };
}

/** The filter in a few words, as the view shows it: `kitchen, motion, on`. */
export function describeFilter({ text, areas, types, states, activities }: IntervalsFilter): string {
  return [...(text === '' ? [] : [`“${text}”`]), ...areas, ...types, ...activities, ...states].join(', ');
}

function narrowsNoEntities({ text, areas, types }: IntervalsFilter): boolean {
  return text === '' && areas.length === 0 && types.length === 0;
}

/** Both groups together are all there is. */
function stateFilter({ states, activities }: IntervalsFilter): IntervalFilter | undefined {
  const [activity, other] = activities;
  if (other !== undefined || (activity === undefined && states.length === 0)) return undefined;
  return { states, ...(activity && { activity }) };
}
