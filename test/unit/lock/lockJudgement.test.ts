import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgementFacts } from '../../../src/core/lock/lockJudgement';
import { judgeLock } from '../../../src/core/lock/lockJudgement';
import type { LockObservation } from '../../../src/core/lock/lockObservation';
import type { OwnerRecord } from '../../../src/core/lock/ownerRecord';
import type { FileKind, FileStatus } from '../../../src/core/ports/lockFiles';
import { LOCK, START } from './fakeWorld';

const self = { pid: 77, life: '00000000000000a0', token: '00000000000000aa' };
const ended = { pid: 88, life: '00000000000000b0', token: '00000000000000bb' };
const python = { startedAt: START - 3_600_000, command: 'python3', isHomeAssistant: true };

function facts(changes: Partial<JudgementFacts> = {}): JudgementFacts {
  const processes = { find: () => undefined, isFlocked: () => false };
  return {
    path: LOCK,
    now: START,
    skew: 0,
    unchangedFor: 0,
    staleAfter: 300,
    guard: 'free',
    guardInode: 7n,
    owner: undefined,
    self,
    processes,
    ...changes,
  };
}

/** @param age seconds */
function status(age: number, size: number, changes: Partial<FileStatus> = {}): FileStatus {
  const modified = BigInt(START - age * 1000) * 1_000_000n;
  const rest = { isSticky: false, modified, changed: modified, ...changes };
  return { kind: 'file', device: 1n, inode: 5n, links: 1n, size: BigInt(size), ...rest };
}

function file(content: string, age: number): LockObservation {
  return { status: status(age, content.length), content };
}

/** Created by one of ours that had the guard, and never written. @param age seconds */
function unwritten(age: number): LockObservation {
  return { status: status(age, 0, { isSticky: true }), content: '' };
}

function record(content: string, writer = ended): OwnerRecord {
  return { content, writer, claimedAt: START - 1000, calm: true, guard: 7n };
}

/** A marker of Python's, written when the file was. @param age seconds */
const marker = (age: number) => file(`4242:${START / 1000 - age}`, age);
const knows = (process: typeof python, isFlocked = false) => ({ find: () => process, isFlocked: () => isFlocked });
const OURS = '88:1795478399.000000';

type Row = [string, LockObservation, Partial<JudgementFacts>, string, string, string];
const table: Row[] = [
  ['nothing there', {}, {}, 'free', 'none', 'claim'],
  ['lstat fails', { fault: 'EIO' }, { unchangedFor: 1e9 }, 'held', 'unknown', 'wait'],
  ['reading fails', { status: status(4000, 20), fault: 'EACCES' }, { unchangedFor: 1e9 }, 'held', 'unknown', 'wait'],
  ['a fresh marker', marker(1), {}, 'held', 'marker', 'wait'],
  ['a marker of 304 s, which a naive peer would break', marker(304), { unchangedFor: 9e5 }, 'held', 'marker', 'wait'],
  ['a marker of 306 s seen once', marker(306), {}, 'stale', 'marker', 'confirm'],
  ['a marker of 306 s seen unchanged for 1.9 s', marker(306), { unchangedFor: 1900 }, 'stale', 'marker', 'confirm'],
  ['a marker of 306 s seen unchanged for 2 s', marker(306), { unchangedFor: 2000 }, 'stale', 'marker', 'break'],
  [
    'an old marker whose Python runs',
    marker(9000),
    { unchangedFor: 1e9, processes: knows({ ...python, startedAt: START - 1e7 }) },
    'held',
    'marker',
    'wait',
  ],
  [
    'an old marker whose pid was reused by a younger Python',
    marker(9000),
    { unchangedFor: 5000, processes: knows(python) },
    'stale',
    'marker',
    'break',
  ],
  [
    'an old marker whose pid is some other program',
    marker(400),
    { unchangedFor: 5000, processes: knows({ ...python, isHomeAssistant: false }) },
    'stale',
    'marker',
    'break',
  ],
  [
    'an old marker that someone has an flock on',
    marker(9000),
    { unchangedFor: 1e9, processes: knows(python, true) },
    'held',
    'marker',
    'wait',
  ],
  ['a marker from the future', marker(-120), { unchangedFor: 300_000 }, 'held', 'marker', 'wait'],
  ['a marker from the future, watched for 306 s', marker(-120), { unchangedFor: 306_000 }, 'stale', 'marker', 'break'],
  ['an old marker where the clocks disagree', marker(9000), { skew: -61_000, unchangedFor: 5000 }, 'held', 'marker', 'wait'],
  [
    'an old marker where the clocks disagree, watched',
    marker(9000),
    { skew: 61_000, unchangedFor: 306_000 },
    'stale',
    'marker',
    'break',
  ],
  ['a migration lock', file('4242', 20), {}, 'held', 'pid', 'wait'],
  ['an old migration lock', file('4242\n', 400), { unchangedFor: 2000 }, 'stale', 'pid', 'break'],
  ['an empty file just made', file('', 1), {}, 'held', 'flock', 'wait'],
  ['a leftover of flock', file('', 3), {}, 'leftover', 'flock', 'give-up'],
  ['a leftover with a wrong clock', file('', -9000), { unchangedFor: 2000 }, 'leftover', 'flock', 'give-up'],
  ['an empty file with an flock on it', file('', 9000), { processes: knows(python, true) }, 'held', 'flock', 'wait'],
  ['an old SoftFileLock', file('4242\nhost\n', 9000), { unchangedFor: 1e9 }, 'held', 'soft', 'wait'],
  ['odd content just written', file('42', 1), {}, 'held', 'pid', 'wait'],
  ['odd content', file('hello', 400), {}, 'foreign', 'unknown', 'give-up'],
  ['half of odd content', file('hel', 0), {}, 'held', 'unknown', 'wait'],
  ['a directory', { status: status(0, 0, { kind: 'directory' }) }, {}, 'foreign', 'unknown', 'give-up'],
  ['a symbolic link', { status: status(0, 0, { kind: 'symlink' }) }, {}, 'foreign', 'unknown', 'give-up'],
  ['a FIFO', { status: status(0, 0, { kind: 'other' }) }, {}, 'foreign', 'unknown', 'give-up'],
  ['too many bytes', { status: status(400, 8192) }, {}, 'foreign', 'unknown', 'give-up'],
  ['a file with two names', { status: status(400, 20, { links: 2n }) }, {}, 'foreign', 'unknown', 'give-up'],
  [
    'a database by its name',
    { status: status(400, 0) },
    { path: '/config/.storage/area_occupancy.db' },
    'foreign',
    'unknown',
    'give-up',
  ],
  ['no database by its name', {}, { path: '/config/.storage/area_occupancy.db' }, 'foreign', 'unknown', 'give-up'],
  ['ours, whose writer holds the guard', file(OURS, 1), { owner: record(OURS), guard: 'busy' }, 'held', 'marker', 'wait'],
  [
    'ours and old, whose writer holds the guard',
    file(OURS, 9000),
    { owner: record(OURS), guard: 'busy', unchangedFor: 1e9 },
    'held',
    'marker',
    'wait',
  ],
  ['ours, whose guard is free', file(OURS, 1), { owner: record(OURS) }, 'stale', 'marker', 'break'],
  [
    'ours, by another copy in this process',
    file(OURS, 1),
    { owner: record(OURS, { ...self, token: '00000000000000cc' }) },
    'held',
    'marker',
    'wait',
  ],
  [
    'ours, by an earlier process of our pid',
    file(OURS, 1),
    { owner: record(OURS, { ...ended, pid: 77 }) },
    'stale',
    'marker',
    'break',
  ],
  ['ours, but nothing is known of the guard', file(OURS, 1), { owner: record(OURS), guard: 'absent' }, 'held', 'marker', 'wait'],
  ['not ours, though ours was here before', marker(1), { owner: record(OURS) }, 'held', 'marker', 'wait'],
  [
    'old, and ours by another copy in this process, as it then may be of another container',
    file(OURS, 400),
    { owner: record(OURS, { ...self, token: '00000000000000cc' }), unchangedFor: 2000 },
    'stale',
    'marker',
    'break',
  ],
  ['ours, under a guard that was replaced', file(OURS, 1), { owner: record(OURS), guardInode: 8n }, 'held', 'marker', 'wait'],
  [
    'ours, under a guard that is gone',
    file(OURS, 1),
    { owner: record(OURS), guardInode: undefined, guard: 'absent' },
    'held',
    'marker',
    'wait',
  ],
  [
    'ours and old, under a guard that was replaced and is busy',
    file(OURS, 400),
    { owner: record(OURS), guardInode: 8n, guard: 'busy', unchangedFor: 2000 },
    'stale',
    'marker',
    'break',
  ],
  [
    'ours, ended before it could write, seen once',
    unwritten(3),
    { owner: { ...record(OURS), claimedAt: START - 3010 } },
    'stale',
    'marker',
    'confirm',
  ],
  [
    'ours, ended before it could write',
    unwritten(3),
    { owner: { ...record(OURS), claimedAt: START - 3010 }, unchangedFor: 2000 },
    'stale',
    'marker',
    'break',
  ],
  [
    'ours by its mark, empty and new',
    unwritten(1),
    { owner: { ...record(OURS), claimedAt: START - 1010 } },
    'held',
    'flock',
    'wait',
  ],
  [
    'ours by its mark, and emptied long after the claim',
    unwritten(3),
    { owner: { ...record(OURS), claimedAt: START - 9000 } },
    'leftover',
    'flock',
    'give-up',
  ],
  [
    "a peer's, made right after a claim of ours that had its lock back already, and empty since",
    file('', 3),
    { owner: { ...record(OURS), claimedAt: START - 3010 }, unchangedFor: 2000 },
    'leftover',
    'flock',
    'give-up',
  ],
];

describe('the judgement of a lock path', () => {
  it.each(table)('%s', (_name, seen, changes, state, dialect, action) => {
    const judgement = judgeLock(seen, facts(changes));
    expect(judgement).toMatchObject({ state, dialect, action });
    expect(judgement.evidence.length).toBeGreaterThan(0);
    for (const sentence of judgement.evidence) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('names pid, age and writer to the user', () => {
    const judgement = judgeLock(marker(400), facts({ unchangedFor: 3000 }));
    expect(judgement).toMatchObject({ pid: 4242, age: 400, ours: false });
    expect(judgement.evidence[0]).toBe(
      "Process 4242 wrote it 6 min 40 s ago, in the form of Home Assistant's Area Occupancy Detection.",
    );
    expect(judgeLock(file(OURS, 1), facts({ owner: record(OURS) }))).toMatchObject({ pid: 88, ours: true });
  });

  const anyKind = fc.constantFrom<FileKind>('file', 'directory', 'symlink', 'other');
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.stringMatching(/^[1-9]\d{0,6}(:\d{1,10}(\.\d{1,7})?)?\n?$/),
  );

  it('never calls a fresh file stale, whatever it holds and for however long it was watched', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.double({ min: -59, max: 304, noNaN: true }),
        fc.nat(1e9),
        anyKind,
        (content, age, unchangedFor, kind) => {
          const seen = {
            status: { ...status(0, content.length, { kind }), modified: BigInt(Math.round((START - age * 1000) * 1e6)) },
            content,
          };
          const judgement = judgeLock(seen, facts({ unchangedFor, owner: record(OURS), guard: 'absent' }));
          expect(judgement.state).not.toBe('stale');
          expect(['break', 'confirm', 'claim']).not.toContain(judgement.action);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('never breaks without having seen the file unchanged for 2 s, unless it is an orphan of ours', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 0, max: 1999 }),
        (content, age, unchangedFor) => {
          expect(judgeLock(file(content, age), facts({ unchangedFor })).action).not.toBe('break');
        },
      ),
      { numRuns: 5000 },
    );
  });
});
