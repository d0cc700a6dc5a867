import { SECOND_US } from '../time';

/**
 * Unix seconds → µs since the epoch, a whole number, as Python's `datetime.fromtimestamp` rounds them: the fraction of the
 * second alone is multiplied, and half a microsecond goes to the even one. Home Assistant makes its times of REALs so.
 */
export function pythonMicroseconds(seconds: number): number {
  const whole = Math.trunc(seconds);
  return whole * SECOND_US + roundHalfToEven((seconds - whole) * SECOND_US);
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
