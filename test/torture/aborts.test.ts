import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { start } from '../locks/support';
import { core } from '../support/core.mts';
import { openFiles } from './openFiles.mts';
import { amount, figure, scratch } from './support';

/** Attempts at a time. */
const WIDTH = 200;

it('T14: aborts at random moments leave no file, descriptor or timer', async () => {
  const aborts = amount(10_000, 400);
  const folder = scratch('disk');
  const path = join(folder, 'area_occupancy.db.lock');
  await new core.FileLock(path).run(async () => {});
  await sleep(2500);
  const before = resources();
  const rival = start('../torture/rival.mts', path);
  let aborted = 0;
  for (let done = 0; done < aborts; done += WIDTH) {
    const attempts = Array.from({ length: WIDTH }, async () => {
      const lock = new core.FileLock(path, { timeout: 60 });
      try {
        await lock.run(() => sleep(1), { signal: AbortSignal.timeout(Math.ceil(Math.random() * 120)) });
      } catch (error) {
        expect(error).toMatchObject({ code: 'CANCELLED' });
        aborted++;
      }
    });
    await Promise.all(attempts);
  }
  rival.kill('SIGKILL');
  await new core.FileLock(path, { timeout: 10 }).run(async () => {});
  await sleep(2500);
  const after = resources();
  const left = readdirSync(folder).filter((name) => /\.lock$|stale/.test(name));
  figure(
    'T14',
    `${aborted} of ${aborts} aborted; ${after.files - before.files} descriptors, ${after.active - before.active} timers and handles more, ${left.length} files`,
    '0',
  );
  expect(aborted).toBeGreaterThan(aborts / 2);
  expect([after.files <= before.files, after.active <= before.active, left]).toEqual([true, true, []]);
});

function resources(): { files: number; active: number } {
  const active = process.getActiveResourcesInfo().filter((resource) => !/Pipe|Process|TTY/.test(resource)).length;
  return { files: openFiles(), active };
}
