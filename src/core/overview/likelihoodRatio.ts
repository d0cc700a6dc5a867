import type { Format } from '../format';
import type { Entity } from '../model';
import type { OverviewCell } from './overviewModel';

/** AOD keeps likelihoods within 0.01 and 0.99, so that no ratio of two is further from 1 than this. */
const GREATEST = 99;

/** How an entity's active state moves the odds of its area being occupied: P(active | occupied) / P(active | not occupied). */
export function likelihoodRatio({ probGivenTrue, probGivenFalse }: Pick<Entity, 'probGivenTrue' | 'probGivenFalse'>): number {
  return probGivenTrue / probGivenFalse;
}

/** A ratio as `19 : 1` or `1 : 4`, with a bar on a logarithmic scale that has 1 in the middle. */
export function ratioCell(ratio: number, format: Format): OverviewCell {
  if (!(ratio >= 0)) return { text: '?', hint: 'This cannot be compared: a likelihood is no number.' };
  const text = ratio >= 1 ? `${odds(ratio, format)} : 1` : `1 : ${odds(1 / ratio, format)}`;
  const bar = Math.min(1, Math.max(-1, Math.log(ratio) / Math.log(GREATEST)));
  return { text, order: ratio, bar, hint: meaning(ratio, format) };
}

function odds(times: number, format: Format): string {
  if (!Number.isFinite(times)) return '∞';
  return format.number(times < 10 ? Math.round(times * 10) / 10 : Math.round(times));
}

function meaning(ratio: number, format: Format): string {
  if (ratio === 1) return 'Says nothing: it is active as often either way.';
  const times = odds(Math.max(ratio, 1 / ratio), format);
  return ratio > 1
    ? `Supports occupied: ${times} times as often active while the area is occupied.`
    : `Speaks against occupied: ${times} times as often active while the area is empty.`;
}
