import { Format } from '../../../src/core/format';
import type { AreaPriors, Prior } from '../../../src/core/model';
import type { PriorsWords } from '../../../src/core/priors/describeSlot';
import { WeekWords } from '../../../src/core/priors/weekWords';

const CALCULATED = '2026-11-20 09:30:00.250000';

export function prior(dayOfWeek: number, timeSlot: number, priorValue: number, more: Partial<Prior> = {}): Prior {
  return {
    dayOfWeek,
    timeSlot,
    priorValue,
    dataPoints: 4,
    confidence: 0.75,
    calculatedAt: CALCULATED,
    samplePeriodStart: '2026-10-23 12:06:53.570454',
    samplePeriodEnd: CALCULATED,
    calculationMethod: 'interval_analysis',
    lastUpdated: CALCULATED,
    ...more,
  };
}

export function priorsOf(areaName: string, slots: readonly Prior[], more: Partial<AreaPriors> = {}): AreaPriors {
  return { areaName, clock: 'local', overall: 0.04, globalPrior: null, slots, ...more };
}

/** Every hour of the week, from what an hour's number is made of. */
export function fullWeek(value: (day: number, slot: number) => number): Prior[] {
  return Array.from({ length: 168 }, (_, hour) => {
    const [day, slot] = [Math.floor(hour / 24), hour % 24];
    return prior(day, slot, value(day, slot));
  });
}

export function wordsOf(locale: string, timeZone: string): PriorsWords {
  return { format: new Format(locale, timeZone), week: new WeekWords(locale) };
}
