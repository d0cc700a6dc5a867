import { describe, expect, it } from 'vitest';
import { CalmHistory } from '../../../src/core/lock/calmHistory';

/** Both clocks at `seconds`. */
const at = (seconds: number, wall = seconds) => ({ wall: wall * 1000, monotonic: seconds * 1000 });

describe('the history of a lock path', () => {
  it('is not calm while nothing is known', () => {
    expect(new CalmHistory().isCalm(at(1000))).toBe(false);
  });

  it('is calm for 295 s after the path was ours', () => {
    const history = new CalmHistory();
    history.sawOurs(at(1000));
    expect(history.isCalm(at(1000))).toBe(true);
    expect(history.isCalm(at(1294))).toBe(true);
    expect(history.isCalm(at(1295))).toBe(false);
  });

  it('is calm after the path was empty, once a late unlink would have happened', () => {
    const history = new CalmHistory();
    history.sawAbsent(at(1000));
    history.sawAbsent(at(1000.1));
    expect(history.isCalm(at(1000.14))).toBe(false);
    expect(history.isCalm(at(1000.16))).toBe(true);
  });

  it('is not calm for a second after an old file was seen', () => {
    const history = new CalmHistory();
    history.sawOurs(at(1000));
    history.sawOld(at(1001));
    expect(history.isCalm(at(1001.9))).toBe(false);
    expect(history.isCalm(at(1002.1))).toBe(true);
  });

  it('trusts neither clock alone: not a machine that slept, nor a clock that was set', () => {
    const history = new CalmHistory();
    history.sawOurs(at(1000));
    expect(history.isCalm(at(1010, 5000))).toBe(false);
    expect(history.isCalm(at(1010, 900))).toBe(false);
  });
});
