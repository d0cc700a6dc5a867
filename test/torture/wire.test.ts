import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LockSite } from '../../src/core/lock/lockSite';
import { parseLockContent } from '../../src/core/lock/lockContent';
import { judgeLock } from '../../src/core/lock/lockJudgement';
import { core } from '../support/core.mts';
import { seededRandom } from '../support/random.mts';
import { amount, figure, plant, scratch } from './support';

const self: LockSite['self'] = { pid: 77, life: '00000000000000a0', token: '00000000000000aa' };
const NOW = 1_795_478_400_000;
const ALPHABET = ['0', '1', '4', '9', ':', '.', '-', ' ', '\n', '\r', '\0', 'e', 'x', 'ÿ', 'host'];

it('T13: of any content, nothing is thrown, and no fresh lock is broken', () => {
  const contents = amount(100_000, 20_000);
  const generator = seededRandom(13);
  const random = (): number => generator.next();
  const pick = (): string => {
    const length = Math.floor(random() * 24);
    const text = Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
    return random() < 0.3 ? `${Math.floor(random() * 1e6)}:${text}` : text;
  };
  const actions = new Map<string, number>();
  for (let count = 0; count < contents; count++) {
    const content = pick();
    const time = BigInt(NOW - Math.floor(random() * 290_000)) * 1_000_000n;
    const status = {
      kind: 'file',
      device: 1n,
      inode: 9n,
      links: 1n,
      size: BigInt(content.length),
      modified: time,
      changed: time,
      isSticky: random() < 0.5,
    } as const;
    const facts = {
      path: '/x.lock',
      now: NOW,
      skew: 0,
      unchangedFor: random() * 290_000,
      staleAfter: 300,
      guard: 'free',
      guardInode: 7n,
    } as const;
    const judged = judgeLock(
      { status, content },
      { ...facts, owner: undefined, self, processes: { find: () => undefined, isFlocked: () => false } },
    );
    if (parseLockContent(content).dialect !== judged.dialect) throw new Error(`two readings of ${JSON.stringify(content)}`);
    actions.set(judged.action, (actions.get(judged.action) ?? 0) + 1);
  }
  figure(
    'T13',
    `${contents} contents: ${[...actions].map(([action, count]) => `${count} ${action}`).join(', ')}`,
    '0 break, 0 thrown',
  );
  expect([...actions.keys()].toSorted()).toEqual(['give-up', 'wait']);
});

it('T13: Python reads what we write, and we read both of its forms', async () => {
  const path = join(scratch('disk'), 'area_occupancy.db.lock');
  const lock = new core.FileLock(path);
  await lock.acquire();
  const script = `import sys
pid, time = open(sys.argv[1]).read().split(':')
print(f"{int(pid)}:{float(time):.6f}", end="")`;
  const { stdout } = spawnSync('python3', ['-c', script, path], { encoding: 'latin1' });
  expect(stdout).toMatch(new RegExp(String.raw`^${process.pid}:\d{10}\.\d{6}$`));
  const { mode, size } = statSync(path);
  expect(size).toBe(stdout.length);
  expect(mode & 0o7777).toBe(0o644 & ~process.umask());
  await lock.release();
  for (const [content, dialect, pid] of [
    ['4242:1795478400.1234567', 'marker', 4242],
    ['4242', 'pid', 4242],
  ] as const) {
    plant(path, content, 10);
    expect(await core.inspectLock(path)).toMatchObject({ state: 'held', dialect, pid });
  }
});
