import type { Area, AreaPriors, Entity } from '../model';
import { utcMilliseconds, DAY_MS } from '../time';
import type { Findings } from './findings';

/** AOD's bounds of weights and probabilities. */
const LOWEST = 0.01;
const HIGHEST = 0.99;
/** Days of history after which AOD has learned something of each area. */
const TIME_TO_LEARN = 3 * DAY_MS;
/** How long a sensor may be unavailable while others go on, ms. */
const LONGEST_SILENCE = 7 * DAY_MS;

/** Bounds on what a user or AOD has set. */
export function checkEntity({ entityId, weight, probGivenTrue, probGivenFalse }: Entity, findings: Findings): void {
  const values = { weight, prob_given_true: probGivenTrue, prob_given_false: probGivenFalse };
  for (const [field, value] of Object.entries(values)) {
    if (!isWithin(value, LOWEST, HIGHEST)) findings.add('outOfBounds', { kind: 'entity', entityId, value: { field, value } });
  }
}

/** @param history ms from the oldest interval to the newest; @param hasEntities whether there is anything to learn from */
export function checkArea(
  { areaName, threshold }: Area,
  { slots, overall }: Pick<AreaPriors, 'slots' | 'overall'>,
  history: number,
  hasEntities: boolean,
  findings: Findings,
): void {
  const outside = (field: string, value: number): void =>
    findings.add('outOfBounds', { kind: 'area', areaName, value: { field, value } });
  if (!isWithin(threshold, 0, 1)) outside('threshold', threshold);
  if (overall !== null && !isWithin(overall, 0, 1)) outside('prior_value', overall);
  for (const { priorValue } of slots) if (!isWithin(priorValue, 0, 1)) outside('prior_value', priorValue);
  if (slots.length === 0 && hasEntities && history > TIME_TO_LEARN)
    findings.add('missingPriors', { kind: 'area', areaName, value: null });
}

/** @param latestEnd when the entity's last interval ends, null for none; @param newest when any does: naive UTC both */
export function checkSilence(
  { entityId, createdAt }: Pick<Entity, 'entityId' | 'createdAt'>,
  latestEnd: string | null,
  newest: string,
  findings: Findings,
): void {
  // One that was never heard of has been silent since it was set up.
  const since = utcMilliseconds(latestEnd ?? createdAt);
  if (utcMilliseconds(newest) - since > LONGEST_SILENCE)
    findings.add('silent', { kind: 'entityTime', entityId, state: null, from: latestEnd, to: newest });
}

/** False for what is no number, too. */
function isWithin(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && value >= low && value <= high;
}
