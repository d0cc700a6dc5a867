import { InvalidDataError } from '../errors';
import { utcMicroseconds, utcText } from '../time';

/** What a language model passed to a tool: it was told the schema, and may have kept to it or not. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** A text; undefined where none was given. Throws InvalidDataError that says how to correct the call, as the others here do. */
export function optionalText(input: ToolInput, key: string): string | undefined {
  const value = input[key];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new InvalidDataError(`\`${key}\` is no text.`, `Pass \`${key}\` as a string, or leave it out.`);
}

export function requiredText(input: ToolInput, key: string, nextStep: string): string {
  const text = optionalText(input, key);
  if (text !== undefined) return text;
  throw new InvalidDataError(`\`${key}\` is missing.`, nextStep);
}

/** A whole number from 1 to `most`; `standard` where none was given. */
export function optionalCount(input: ToolInput, key: string, standard: number, most: number): number {
  const value = input[key] ?? standard;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InvalidDataError(`\`${key}\` is no whole number from 1 to ${most}.`, `Pass such a number, or leave \`${key}\` out.`);
}

/** One of the words; the first where none was given. */
export function optionalChoice<Word extends string>(input: ToolInput, key: string, words: readonly [Word, ...Word[]]): Word {
  const value = input[key] ?? words[0];
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new InvalidDataError(`\`${key}\` is none of ${words.join(', ')}.`, `Pass one of them, or leave \`${key}\` out.`);
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** An ISO 8601 time, UTC where it has no offset, as stored text; undefined where none was given. */
export function optionalTime(input: ToolInput, key: string): string | undefined {
  const text = optionalText(input, key);
  if (text === undefined) return undefined;
  const [, day, minute = '00:00', second = ':00', zone = 'Z'] = ISO.exec(text.trim()) ?? [];
  const at = Date.parse(`${day}T${minute}${second}${zone}`);
  if (day !== undefined && !Number.isNaN(at)) return utcText(at);
  const nextStep = `Pass \`${key}\` as ISO 8601, such as 2026-11-24T08:00:00Z or 2026-11-24T09:00:00+01:00.`;
  throw new InvalidDataError(`\`${key}\` (${text}) is no time.`, nextStep);
}

/** A stored time as ISO 8601, to the microsecond. */
export function isoTime(stored: string): string {
  return Number.isNaN(utcMicroseconds(stored)) ? stored : `${stored.replace(' ', 'T')}Z`;
}
