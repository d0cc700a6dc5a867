import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonFloat } from '../../src/core/sync/pythonFloat';
import { pythonMicroseconds } from '../../src/core/sync/pythonTime';
import { utcTextOfMicroseconds } from '../../src/core/time';

const PEER = `
import json, sys
from datetime import datetime, timezone

def number(text):
    try:
        return repr(float(text))
    except ValueError:
        return None

def time(seconds):
    moment = datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)
    return moment.isoformat(sep=" ", timespec="microseconds")

texts, times = json.load(sys.stdin)
json.dump([[number(text) for text in texts], [time(seconds) for seconds in times]], sys.stdout)
`;

function askPython(texts: readonly string[], times: readonly number[]): [(string | null)[], string[]] {
  const { stdout, stderr, status, error } = spawnSync('python3', ['-c', PEER], {
    input: JSON.stringify([texts, times]),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error || status !== 0) throw new Error(`python3 is needed (apt-get install python3): ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}

/** Texts that are numbers, and texts that nearly are. */
const nearlyNumbers = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789_.eE+- \t\n\v\f\r\u001c\u0085\u00a0\u2009\ufeffx٣१')),
    maxLength: 8,
  }),
  fc.string({ unit: fc.constantFrom(...Array.from('infatyNIFAY+- 1')), maxLength: 9 }),
  fc.double().map(String),
  fc.double({ noNaN: true }).map((value) => ` ${value.toFixed(3)} `),
  fc.string({ unit: 'binary', maxLength: 3 }).map((text) => `1${text}2`),
);

describe('as Python does it', () => {
  it('reads numbers', () => {
    const texts = fc.sample(nearlyNumbers, { numRuns: 20_000, seed: 3 }).filter((text) => !isYoung(text));
    const [numbers] = askPython(texts, []);
    const read = numbers.filter((number) => number !== null).length;
    expect(read).toBeGreaterThan(2000);
    expect(texts.length - read).toBeGreaterThan(2000);
    for (const [index, text] of texts.entries()) {
      const theirs = numbers[index] ?? null;
      const expected = theirs === null ? null : Number(theirs.replace('inf', 'Infinity'));
      expect(pythonFloat(text), JSON.stringify(text)).toBe(expected);
    }
  });

  it('does not take long over a text that is nearly a number', () => {
    for (const text of ['1'.repeat(100_000), '1_'.repeat(50_000), `1${' '.repeat(100_000)}`])
      expect(pythonFloat(`${text}x`)).toBeNull();
  }, 5000);

  it('rounds times', () => {
    const fractions = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 128 }).map((part) => part / 128),
      fc.integer({ min: 0, max: 2_000_000 }).map((half) => half / 2e6),
    );
    const seconds = fc.tuple(fc.integer({ min: 0, max: 4e9 }), fractions).map(([whole, fraction]) => whole + fraction);
    const times = fc.sample(seconds, { numRuns: 20_000, seed: 3 });
    const [, texts] = askPython([], times);
    expect(times.map((time) => utcTextOfMicroseconds(pythonMicroseconds(time)))).toEqual(texts);
  });
});

/** Has a digit of a script that the older of the two may not know. */
function isYoung(text: string): boolean {
  return /\p{Nd}/u.test(text.replaceAll(/[0-9٣१]/g, ''));
}
