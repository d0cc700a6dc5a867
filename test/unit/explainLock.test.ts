import { describe, expect, it } from 'vitest';
import { roughAge, explainLock } from '../../src/core/lock/explainLock';
import type { LockInspection, LockState } from '../../src/core/lock/lockInspection';

const lock = (state: LockState, more: Partial<LockInspection> = {}): LockInspection => ({
  path: '/config/.storage/area_occupancy.db.lock',
  at: 0,
  state,
  dialect: 'marker',
  ours: false,
  evidence: [],
  ...more,
});

describe('explainLock', () => {
  it('has words of its own for every state', () => {
    const states: LockState[] = ['free', 'held', 'stale', 'leftover', 'foreign'];
    expect(new Set(states.map((state) => explainLock(lock(state)).headline)).size).toBe(states.length);
    expect(new Set(states.map((state) => explainLock(lock(state)).meaning)).size).toBe(states.length);
  });

  it('tells a lock of ours from one of somebody else', () => {
    expect(explainLock(lock('held', { ours: true })).meaning).not.toBe(explainLock(lock('held')).meaning);
  });

  it('gives the facts that are known, and no others', () => {
    expect(
      explainLock(lock('stale', { pid: 4711, age: 1200 }))
        .facts.map(({ value }) => value)
        .slice(1),
    ).toEqual(['4711', '20 min ago']);
    expect(explainLock(lock('free', { dialect: 'none' })).facts).toHaveLength(1);
  });

  it.each([
    [-3, '0 s'],
    [119, '119 s'],
    [1200, '20 min'],
    [7200, '2 h'],
    [3 * 86_400, '3 days'],
  ])('tells %d seconds as %s', (seconds, text) => {
    expect(roughAge(seconds)).toBe(text);
  });
});
