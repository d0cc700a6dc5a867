import { describe, expect, it } from 'vitest';
import { pythonMicroseconds } from '../../../src/core/sync/pythonTime';

describe('unix seconds as microseconds', () => {
  it.each([
    [0, 0],
    [1_795_167_000, 1_795_167_000_000_000],
    [1_795_167_000.123456, 1_795_167_000_123_456],
    // A 128th of a second is 7812.5 µs: half goes to the even one.
    [1_795_167_000 + 1 / 128, 1_795_167_000_007_812],
    [1_795_167_000 + 3 / 128, 1_795_167_000_023_438],
    [1_795_167_000 + 5 / 128, 1_795_167_000_039_062],
    // Carried into the next second.
    [1_795_167_000 + (1 - 2 ** -22), 1_795_167_001_000_000],
    [-0.25, -250_000],
    [-1 / 128, -7812],
  ])('%d s', (seconds, microseconds) => {
    expect(pythonMicroseconds(seconds)).toBe(microseconds);
  });
});
