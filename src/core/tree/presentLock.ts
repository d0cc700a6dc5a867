import type { Format } from '../format';
import type { LockState } from '../lock/lockInspection';
import { secondsText } from '../metrics/secondsText';
import type { LockFactNode, LockNode, LockTimesNode } from './nodes';
import { leaf, type Presentation } from './presentation';

const icons: Readonly<Record<LockState, string>> = {
  free: 'unlock',
  held: 'lock',
  stale: 'warning',
  leftover: 'unlock',
  foreign: 'question',
};

export function presentLock({ state, headline, meaning, facts }: LockNode): Presentation {
  const lines = facts.map(({ name, value }) => `${name}: ${value}`);
  const row = leaf(headline, icons[state], state === 'stale' ? 'problemsWarningIcon.foreground' : undefined);
  const [, ...written] = facts;
  return {
    ...row,
    description: written.map(({ value }) => value).join(', '),
    tooltip: [headline, meaning, ...lines],
    spoken: `${headline}. ${lines.join(', ')}`,
    abilities: ['canShowLock', ...(state === 'stale' ? ['canClearLock'] : [])],
  };
}

export function presentLockFact({ name, value }: LockFactNode): Presentation {
  return { ...leaf(name, 'info'), description: value, tooltip: [`${name}: ${value}`], spoken: `${name}: ${value}` };
}

export function presentLockTimes({ name, count, p50, p99, max }: LockTimesNode, format: Format): Presentation {
  const [half, most, longest] = [p50, p99, max].map((seconds) => secondsText(seconds));
  const times = `half within ${half}, 99 % within ${most}, longest ${longest}, ${format.number(count)} times`;
  return {
    ...leaf(name, 'watch'),
    description: `${half} · 99 % ${most} · longest ${longest} · ${format.number(count)} ×`,
    tooltip: [`${name}: ${times}`],
    spoken: `${name}: ${times}`,
  };
}
