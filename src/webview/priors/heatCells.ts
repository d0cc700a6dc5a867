import { describeDifference, describePrior, describeHour, type PriorsWords } from '../../core/priors/describeSlot';
import { describeWeek } from '../../core/priors/describeWeek';
import type { PriorsWeek } from '../../core/priors/priorsWeek';
import type { PriorsView } from '../../core/priors/priorsView';
import type { HeatMapContent } from './heatMap';

/** The map of an area. */
export function weekContent(view: PriorsView, week: PriorsWeek, words: PriorsWords): HeatMapContent {
  return {
    title: week.areaName,
    facts: describeWeek(view, week, words),
    now: view.now,
    cell: (slot) => {
      const { prior, value } = week.days[slot.day]?.[slot.slot] ?? { prior: null, value: null };
      const label = [...describeHour(view, slot, words), ...describePrior(week, slot, words)].join('. ');
      if (value !== null) return { text: percent(value), label, look: 'learned', share: value / view.top };
      return prior ? { text: '?', label, look: 'unreadable', share: 0 } : { text: '·', label, look: 'unlearned', share: 0 };
    },
  };
}

/** The map of how the second area differs from the first. */
export function differenceContent(view: PriorsView, words: PriorsWords): HeatMapContent {
  const [first, second] = view.weeks.map(({ areaName }) => areaName);
  return {
    title: 'Difference',
    facts: [`Percentage points by which ${second} is above (+) or below (−) ${first}.`],
    now: view.now,
    cell: (slot) => {
      const difference = view.differences?.[slot.day]?.[slot.slot] ?? null;
      const label = describeDifference(view, slot, words).join('. ');
      if (difference === null) return { text: '·', label, look: 'unlearned', share: 0 };
      const points = percent(Math.abs(difference));
      const sign = points === '0' ? '' : difference > 0 ? '+' : '−';
      const share = Math.min(1, Math.abs(difference) / view.top);
      return { text: `${sign}${points}`, label, look: difference > 0 ? 'more' : 'less', share };
    },
  };
}

function percent(value: number): string {
  return String(Math.round(value * 100));
}
