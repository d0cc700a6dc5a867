import { isDay, rangeLengths, type TimelineRange } from './timelineRange';

/** What a timeline is of: one or more areas of a database, or an entity. */
export type TimelineSubject = { readonly areas: readonly string[] } | { readonly entity: string };

/** An area or an entity, as other views name what a timeline is to be of. */
export type OneSubject = { readonly area: string } | { readonly entity: string };

/** Everything that makes a timeline: kept in the address of its document or panel, so that it outlives a reload. */
export interface TimelineAddress {
  /** Path of the database. */
  readonly database: string;
  readonly subject: TimelineSubject;
  readonly range: TimelineRange;
  /** Where the cursor is to be at first. */
  readonly focus?: TimelineFocus;
}

export interface TimelineFocus {
  readonly entityId: string;
  /** µs since the epoch */
  readonly at: number;
}

export function writeAddress({ database, subject, range, focus }: TimelineAddress): string {
  const parameters = new URLSearchParams({ database });
  if ('entity' in subject) parameters.append('entity', subject.entity);
  else for (const area of subject.areas) parameters.append('area', area);
  parameters.append('range', range.length);
  parameters.append('day', range.day);
  if (focus) {
    parameters.append('focus', focus.entityId);
    parameters.append('at', String(focus.at));
  }
  return parameters.toString();
}

/** What `writeAddress` wrote; undefined for anything else. */
export function readAddress(query: string): TimelineAddress | undefined {
  const parameters = new URLSearchParams(query);
  const [database, entity, day, focused] = ['database', 'entity', 'day', 'focus'].map((name) => parameters.get(name));
  const areas = parameters.getAll('area').filter(Boolean);
  const length = rangeLengths.find((known) => known === parameters.get('range'));
  const subject = areas.length > 0 ? { areas } : entity ? { entity } : undefined;
  if (!database || !subject || !length || !day || !isDay(day)) return undefined;
  const at = Number(parameters.get('at'));
  const focus = focused && Number.isSafeInteger(at) ? { focus: { entityId: focused, at } } : {};
  return { database, subject, range: { length, day }, ...focus };
}

/** The name of a timeline, for a tab. */
export function subjectName(subject: TimelineSubject): string {
  return 'entity' in subject ? subject.entity : subject.areas.join(', ');
}
