import { isDay, rangeLengths, type TimelineRange } from './timelineRange';

/** What a timeline is of. */
export type TimelineSubject = { readonly area: string } | { readonly entity: string };

/** Everything that makes a timeline: kept in the address of its document, so that it outlives a reload. */
export interface TimelineAddress {
  /** Path of the database. */
  readonly database: string;
  readonly subject: TimelineSubject;
  readonly range: TimelineRange;
}

export function writeAddress({ database, subject, range }: TimelineAddress): string {
  return new URLSearchParams({ database, ...subject, range: range.length, day: range.day }).toString();
}

/** What `writeAddress` wrote; undefined for anything else. */
export function readAddress(query: string): TimelineAddress | undefined {
  const parameters = new URLSearchParams(query);
  const [database, area, entity, day] = ['database', 'area', 'entity', 'day'].map((name) => parameters.get(name));
  const length = rangeLengths.find((known) => known === parameters.get('range'));
  const subject = area ? { area } : entity ? { entity } : undefined;
  if (!database || !subject || !length || !day || !isDay(day)) return undefined;
  return { database, subject, range: { length, day } };
}

export function subjectName(subject: TimelineSubject): string {
  return 'area' in subject ? subject.area : subject.entity;
}
