import type { RecordFormat, Value } from './recordFormat';

/**
 * CSV by RFC 4180: comma, CRLF, a header, quotes doubled. Null is an empty field, an empty text a quoted one, a list its JSON text.
 * No byte order mark: the file is UTF-8.
 */
export function csvFormat(names: readonly string[]): RecordFormat {
  const line = (fields: readonly string[]): string => `${fields.join(',')}\r\n`;
  return { head: line(names.map(quoted)), tail: () => '', record: (values) => line(values.map(field)) };
}

function field(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return quoted(guarded(value));
  return typeof value === 'object' ? quoted(JSON.stringify(value)) : String(value);
}

function quoted(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What spreadsheets take for the beginning of a formula, behind any apostrophes. */
const FORMULA = /^'*[=+\-@\t\r]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A name or state may come from anywhere, and a spreadsheet would run it: what begins like a formula and is no number gets an
 * apostrophe before it, which keeps it text. What begins with an apostrophe before such a character gets another, so that whoever
 * takes one away has what the database has.
 */
export function guarded(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
