import { describe, expect, it } from 'vitest';
import { cutConnection, killedServer, lostCounter, stoppedProcess, type FaultFigures, type Refused } from './redisFaults.mts';

/** What a refused write says to the user, by its code. */
const SAYS: Readonly<Record<string, { readonly message: RegExp; readonly nextStep: RegExp }>> = {
  LOCK_COMPROMISED: {
    message:
      /^The database lock was lost while it was held: (its Redis lock ran out|Redis does not know its|another process|The fencing)/,
    nextStep: /^Nothing was written\. Run the command again\.$/,
  },
  REDIS_UNREACHABLE: {
    message: /^Redis at 127\.0\.0\.1:\d+ cannot be reached \(.+\)\.$/,
    nextStep: /^Nothing was written, .* Start Redis, .* try again\./,
  },
  LOCK_TIMEOUT: {
    message: /^Database is busy, please try again later: (process \d+ on |another process kept )/,
    nextStep: /Show Lock/,
  },
};

function unclear({ refused }: FaultFigures): readonly Refused[] {
  return refused.filter(
    ({ code, message, nextStep }) => !SAYS[code]?.message.test(message) || !SAYS[code]?.nextStep.test(nextStep),
  );
}

function codes({ refused }: FaultFigures): readonly string[] {
  return [...new Set(refused.map(({ code }) => code))];
}

// The same at 200 rounds each: npm run torture -- T17
describe('two hosts that share nothing but Redis and the record of fencing tokens', () => {
  it('never accept a write whose process was stopped until its lease was gone', async () => {
    const figures = await stoppedProcess(12);
    expect(figures.violations).toEqual([]);
    expect(unclear(figures)).toEqual([]);
    expect(codes(figures)).toContain('LOCK_COMPROMISED');
    expect(figures.accepted).toBeGreaterThan(3);
  });

  it('never accept an old fencing token while the server is killed and comes back empty', async () => {
    const figures = await killedServer(6);
    expect(figures.violations).toEqual([]);
    expect(unclear(figures)).toEqual([]);
    expect(codes(figures)).toContain('REDIS_UNREACHABLE');
    expect(figures.accepted).toBeGreaterThanOrEqual(figures.rounds);
  });

  it('never accept an old fencing token while the server forgets its counter', async () => {
    const figures = await lostCounter(12);
    expect(figures.violations).toEqual([]);
    expect(unclear(figures)).toEqual([]);
    expect(figures.accepted).toBeGreaterThanOrEqual(figures.rounds);
  });

  it('never accept an old fencing token while the connection of one is cut', async () => {
    const figures = await cutConnection(4);
    expect(figures.violations).toEqual([]);
    expect(unclear(figures)).toEqual([]);
    expect(figures.refused.length).toBeGreaterThan(0);
    expect(figures.accepted).toBeGreaterThanOrEqual(figures.rounds);
  });
});
