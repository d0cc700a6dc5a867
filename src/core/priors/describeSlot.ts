import { fitTo } from '../displayWidth';
import type { Format } from '../format';
import { HOUR_MS } from '../time';
import type { Prior, SlotClock } from '../model';
import { ASSUMED_PRIOR, cellOf, type PriorCell, type PriorsWeek } from './priorsWeek';
import type { PriorsView } from './priorsView';
import { isSameSlot, nextUtcStart, type WeekSlot } from './weekSlot';
import type { WeekWords } from './weekWords';

/** How a view is told in words. */
export interface PriorsWords {
  readonly format: Format;
  readonly week: WeekWords;
}

/** What is to be said of an hour in one of the areas, a line each; the first names the hour. */
export function describeSlot(view: PriorsView, week: PriorsWeek, slot: WeekSlot, words: PriorsWords): string[] {
  return [...describeHour(view, slot, words), ...describePrior(week, slot, words)];
}

/** The hour by itself: its name, and where it is of the UTC week its local time. */
export function describeHour(view: PriorsView, slot: WeekSlot, words: PriorsWords): string[] {
  const { clock } = view.weeks[0];
  const name = slotName(slot, clock, words);
  const local = clock === 'utc' && view.timeZone !== 'UTC' ? [localHours(view, slot, words)] : [];
  return [isSameSlot(slot, view.now) ? `${name} (now)` : name, ...local];
}

/** What an area has learned of an hour, and what that rests on. */
export function describePrior(week: PriorsWeek, slot: WeekSlot, { format }: PriorsWords): string[] {
  const cell = cellOf(week, slot);
  return [
    `${week.areaName}: ${priorText(cell, format)}`,
    ...(cell?.prior ? originLines(cell.prior, week.clock, format) : []),
    `Overall prior of the area: ${week.overall === null ? 'not learned yet' : format.percent(week.overall)}`,
  ];
}

/** What is to be said of an hour in both areas. */
export function describeDifference(view: PriorsView, slot: WeekSlot, words: PriorsWords): string[] {
  return [
    ...describeHour(view, slot, words),
    ...view.weeks.map((week) => `${week.areaName}: ${priorText(cellOf(week, slot), words.format)}`),
    differenceText(view, slot, words),
  ];
}

export function differenceText({ differences }: PriorsView, { day, slot }: WeekSlot, { format }: PriorsWords): string {
  const difference = differences?.[day]?.[slot] ?? null;
  if (difference === null) return 'No difference is shown where one of them has not learned.';
  return `Difference: ${format.points(difference)}`;
}

/** `12.3 %`, or that it was not learned. */
export function priorText(cell: PriorCell | undefined, format: Format): string {
  if (!cell?.prior) return `not learned, Home Assistant assumes ${format.percent(ASSUMED_PRIOR)}`;
  return cell.value === null ? `no number (${fitTo(String(cell.prior.priorValue), 20).trimEnd()})` : format.percent(cell.value);
}

/** `Thursday, 15:00 – 16:00`, with the clock where that is not the local one. */
export function slotName({ day, slot }: WeekSlot, clock: SlotClock, { week }: PriorsWords): string {
  return `${week.longDay(day)}, ${week.hours(slot)}${clock === 'utc' ? ' UTC' : ''}`;
}

/** By the local clock, whose offset from UTC is that of the next such hour. */
function localHours({ moment, timeZone }: PriorsView, slot: WeekSlot, { format }: PriorsWords): string {
  const start = nextUtcStart(slot, moment);
  return `${format.weekMinute(start)} – ${format.weekMinute(start + HOUR_MS)} in ${timeZone} (${format.offset(start)})`;
}

function originLines(prior: Prior, clock: SlotClock, format: Format): string[] {
  const { confidence, samplePeriodStart, samplePeriodEnd, calculationMethod } = prior;
  return [
    `Data points: ${dataPointsText(prior.dataPoints, clock, format)}`,
    ...(Number.isFinite(confidence) ? [`Confidence: ${format.percent(Number(confidence))}`] : []),
    ...(samplePeriodStart !== null && samplePeriodEnd !== null
      ? [`Learned from ${format.moment(samplePeriodStart)} – ${format.moment(samplePeriodEnd)}`]
      : []),
    ...(calculationMethod === null ? [] : [`Method: ${calculationMethod}`]),
    `Calculated: ${format.moment(prior.calculatedAt ?? prior.lastUpdated)}`,
  ];
}

/** AOD counts weeks today; its v2/v3, which are the versions that go by UTC, counted the seconds of the period. */
function dataPointsText(points: number, clock: SlotClock, format: Format): string {
  if (!Number.isFinite(points)) return String(points);
  if (clock === 'utc') return `${format.number(points)} (seconds; ${format.duration(points)})`;
  return `${format.number(points)} (${points === 1 ? 'week' : 'weeks'} with data of this hour)`;
}
