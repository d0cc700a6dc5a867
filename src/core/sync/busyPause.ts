/**
 * How SQLite's busy handler waits, which Home Assistant's connections use with a timeout of 10 s: having waited for so long
 * (ms), it sleeps for so long (ms) until it tries again.
 */
const SLEEPS: readonly (readonly [waited: number, sleep: number])[] = [
  [228, 100],
  [128, 50],
  [0, 25],
];

/** ms that a timer and the other process's wake-up may be late. */
const SLACK = 5;

/** The pause (ms) after `held` ms of keeping others out in which every one of them that waits tries again, and gets in. */
export function busyPause(held: number): number {
  const [, sleep = 100] = SLEEPS.find(([waited]) => held >= waited) ?? [];
  return sleep + SLACK;
}
