/** Seconds in the unit that fits, to two or three digits: `62 µs`, `3.1 ms`, `12 s`, `5 min`. */
export function secondsText(seconds: number): string {
  if (seconds >= 600) return `${Math.round(seconds / 60)} min`;
  if (seconds >= 0.9995) return `${digits(seconds)} s`;
  if (seconds >= 0.000_999_5) return `${digits(seconds * 1000)} ms`;
  return `${digits(seconds * 1_000_000)} µs`;
}

function digits(value: number): string {
  return value < 9.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
