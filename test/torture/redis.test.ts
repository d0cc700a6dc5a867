import { expect, it } from 'vitest';
import { cutConnection, killedServer, lostCounter, stoppedProcess } from '../locks/redisFaults.mts';
import { amount, figure } from './support';

const faults = [
  ['one is stopped until its lease is gone', stoppedProcess],
  ['the server is killed, and comes back empty', killedServer],
  ['the server forgets its counter', lostCounter],
  ['the connection of one is cut', cutConnection],
] as const;

it.each(faults)('T17: of two hosts under one Redis lock, none writes with an old fencing token while %s', async (fault, run) => {
  const { rounds, accepted, refused, violations, seconds } = await run(amount(200, 4));
  const codes = Map.groupBy(refused, ({ code }) => code);
  const reasons = [...codes].map(([code, writes]) => `${writes.length} ${code}`).join(', ');
  const counts = `${accepted} accepted, ${refused.length} refused (${reasons || 'none'}), ${violations.length} with an old token`;
  figure('T17', `${fault}, ${rounds} times in ${Math.round(seconds)} s: ${counts}`, '0 with an old token');
  expect(violations).toEqual([]);
  expect(accepted).toBeGreaterThan(0);
});
