import fc from 'fast-check';
import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  decodeHint,
  decodeTraffic,
  encodeHint,
  encodeTraffic,
  HINT_BYTES,
  TRAFFIC_BYTES,
} from '../../../src/core/lock/lockTraffic';
import { NodeOwnerFile } from '../../../src/platform/lock/nodeOwnerFile';
import { temporaryFolder } from '../../support/temporaryFolder.mts';
import { START } from './fakeWorld';

const writer = { pid: 77, life: '00000000000000a0', token: '00000000000000aa' };
const RECORD = { writer, content: '77:1795478400.000000', claimedAt: START, calm: true, guard: 7n };
const TRAFFIC = { grants: 3, leftFreeAt: START - 50, peerAt: START - 9000, inVain: 4, passedOver: 2 };

const anyHint = fc.record({ rank: fc.nat({ max: 3 }), at: fc.nat({ max: 4e12 }), id: fc.stringMatching(/^[0-9a-f]{12}$/) });
const anyTraffic = fc.record({
  grants: fc.nat({ max: 1e8 }),
  leftFreeAt: fc.nat({ max: 4e12 }),
  peerAt: fc.nat({ max: 4e12 }),
  inVain: fc.nat({ max: 1e8 }),
  passedOver: fc.nat({ max: 1e8 }),
});

describe('what our processes tell each other', () => {
  it('survives being written and read, always in the same number of bytes; torn, it says nothing', () => {
    fc.assert(
      fc.property(anyHint, anyTraffic, fc.nat({ max: HINT_BYTES - 1 }), (hint, traffic, length) => {
        expect([encodeHint(hint).length, encodeTraffic(traffic).length]).toEqual([HINT_BYTES, TRAFFIC_BYTES]);
        expect([decodeHint(encodeHint(hint)), decodeTraffic(encodeTraffic(traffic))]).toEqual([hint, traffic]);
        expect(decodeHint(encodeHint(hint).slice(0, length))).toBeUndefined();
        expect(decodeTraffic(encodeTraffic(traffic).slice(0, length))).toBeUndefined();
      }),
    );
  });
});

describe('the owner file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  const files: NodeOwnerFile[] = [];

  beforeEach(() => {
    folder = temporaryFolder('owner');
    path = join(folder.path, 'area_occupancy.db.lock.owner');
  });
  afterEach(() => {
    for (const file of files.splice(0)) file.close();
    folder.remove();
  });

  function open(number: number): NodeOwnerFile {
    const file = new NodeOwnerFile(path, number.toString(16).padStart(12, '0'));
    files.push(file);
    return file;
  }

  it('holds the record and the traffic; a record alone leaves the traffic as it was', () => {
    const [one, other] = [open(1), open(2)];
    expect(one.look(0)).toEqual({ traffic: undefined, hints: [] });
    one.write(RECORD, TRAFFIC);
    expect([other.read(), other.look(0)]).toEqual([RECORD, { traffic: TRAFFIC, hints: [] }]);
    one.write({ ...RECORD, calm: false });
    expect([other.read()?.calm, other.look(0).traffic]).toEqual([false, TRAFFIC]);
  });

  it('is not made by who only waits', () => {
    const waiter = open(1);
    waiter.announce({ rank: 3, at: START });
    waiter.withdraw();
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('tells of all that wait but oneself, and keeps its size', () => {
    const holder = open(1);
    holder.write(RECORD, TRAFFIC);
    const waiters = Array.from({ length: 32 }, (_, index) => open(index + 2));
    for (const [index, waiter] of waiters.entries()) waiter.announce({ rank: index % 4, at: START });
    expect(holder.look(0).hints).toHaveLength(32);
    expect(waiters[5]?.look(0).hints).toHaveLength(31);
    const { size } = statSync(path);
    // More than there is room for: some are not known of, and nothing grows.
    open(99).announce({ rank: 3, at: START });
    expect([holder.look(0).hints.length, statSync(path).size]).toEqual([32, size]);
    for (const waiter of waiters) waiter.withdraw();
    expect(holder.look(0).hints.length).toBeLessThanOrEqual(1);
    expect([holder.read(), statSync(path).size]).toEqual([RECORD, size]);
  });

  it('gives the slot of one that died to the next', () => {
    const holder = open(1);
    holder.write(RECORD, TRAFFIC);
    for (let number = 2; number < 34; number++) open(number).announce({ rank: 0, at: START });
    open(50).announce({ rank: 3, at: START + 2000 });
    expect(holder.look(0).hints.filter(({ rank }) => rank === 3)).toHaveLength(1);
  });

  it('that is cut or overwritten says nothing wrong', () => {
    const holder = open(1);
    holder.write(RECORD, TRAFFIC);
    open(2).announce({ rank: 3, at: START });
    truncateSync(path, 150);
    expect(holder.look(0)).toEqual({ traffic: undefined, hints: [] });
    expect(holder.read()).toEqual(RECORD);
    appendFileSync(path, 'x'.repeat(5000));
    expect(holder.look(0)).toEqual({ traffic: undefined, hints: [] });
    expect(readFileSync(path, 'latin1')).toContain('xxx');
  });
});
