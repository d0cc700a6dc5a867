import type { GlobalPrior } from '../model';
import type { Format } from '../format';
import { priorText, type PriorsWords, slotName } from './describeSlot';
import { cellOf, type PriorsWeek } from './priorsWeek';
import type { PriorsView } from './priorsView';
import { DAYS, SLOTS } from './weekSlot';

/** An area in words, a sentence each: the prior as a whole, that of now, how much was learned, and what is odd. */
export function describeWeek(view: PriorsView, week: PriorsWeek, words: PriorsWords): string[] {
  const { format } = words;
  const overall =
    week.overall === null ? 'The area as a whole has no learned prior yet' : `Overall prior ${format.percent(week.overall)}`;
  const learned =
    week.learned === 0
      ? 'No hour of the week was learned yet.'
      : `Hours of the week learned: ${format.number(week.learned)} of ${format.number(DAYS * SLOTS)}.`;
  const strays = week.strays === 1 ? '1 row is' : `${format.number(week.strays)} rows are`;
  return [
    `${overall}${week.globalPrior ? `: ${originOf(week.globalPrior, format)}` : ''}.`,
    `Now, ${slotName(view.now, week.clock, words)}: ${priorText(cellOf(week, view.now), format)}.`,
    learned,
    ...(week.strays > 0 ? [`${strays} not shown: the day or hour is none of the week, or is there twice.`] : []),
  ];
}

function originOf(prior: GlobalPrior, format: Format): string {
  const { totalOccupiedSeconds, totalPeriodSeconds, intervalCount, calculationDate, confidence, calculationMethod } = prior;
  return [
    `occupied ${format.duration(totalOccupiedSeconds)} of ${format.duration(totalPeriodSeconds)}`,
    intervalCount === 1 ? '1 interval' : `${format.number(intervalCount)} intervals`,
    ...(Number.isFinite(confidence) ? [`confidence ${format.percent(Number(confidence))}`] : []),
    ...(calculationMethod === null ? [] : [calculationMethod]),
    `calculated ${format.moment(calculationDate)}`,
  ].join(', ');
}

/** By which clock the hours count, as a sentence. */
export function describeClock({ weeks, timeZone, moment }: PriorsView, { format }: PriorsWords): string {
  return weeks[0].clock === 'utc'
    ? 'Hours are by UTC: this version of Area Occupancy Detection learned by it.'
    : `Hours are by the clock of ${timeZone}${timeZone === 'UTC' ? '' : ` (${format.offset(moment)})`}, which is taken to be Home Assistant’s.`;
}
