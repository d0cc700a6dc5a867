import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded } from '../../../src/core/export/csvFormat';
import type { RowFormat } from '../../../src/core/export/exportRequest';
import { RecordWriter } from '../../../src/core/export/recordWriter';
import { parseCsv } from '../../support/parseCsv.mts';

type Written = string | number | boolean | null | readonly string[];

const columns = [{ name: 'first' }, { name: 'second, "quoted"' }, { name: 'third' }];

/** Whatever a column may hold. Halves of characters have no form in UTF-8. */
const values: fc.Arbitrary<Written> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '\r\n', 'a"b', 'a,b', '=1+1', '@x', '-5', "'=x", '\u0000', 'Büro', 'חיישן', '🏠'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
);
const tables = fc.array(fc.tuple(values, values, values), { maxLength: 12 });

function write(format: RowFormat, steps: readonly (readonly Written[])[][]): string {
  const writer = new RecordWriter(format, columns, 'Europe/Berlin');
  const text = steps.map((rows) => writer.text(rows));
  return [writer.head, ...text, writer.tail].join('');
}

function asRecords(rows: readonly (readonly Written[])[]): Record<string, Written>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

/** What a spreadsheet keeps from running, taken back. */
const unguarded = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

describe('rows as text', () => {
  it('are one JSON array, whatever steps they came in', () => {
    fc.assert(
      fc.property(tables, tables, (some, others) => {
        expect(JSON.parse(write('json', [some, [], others]))).toEqual(asRecords([...some, ...others]));
      }),
    );
    expect(write('json', [])).toBe('[]\n');
  });

  it('are an object a line in NDJSON', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const lines = write('ndjson', [rows]).split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map((line): unknown => JSON.parse(line))).toEqual(asRecords(rows));
      }),
    );
  });

  it('are read back from CSV as they were, null told from an empty text', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const [head, ...records] = parseCsv(write('csv', [rows]));
        expect(head).toEqual(columns.map(({ name }) => name));
        const expected = rows.map((row) =>
          row.map((value) => (value === null ? null : Array.isArray(value) ? JSON.stringify(value) : String(value))),
        );
        expect(records.map((record) => record.map((field) => field && unguarded(field)))).toEqual(expected);
      }),
    );
  });

  it.each(['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', "'=1"])('never begin like a formula: %s', (text) => {
    expect(guarded(text)).toBe(`'${text}`);
  });

  it.each(['-5', '+3.2', '-.5e-3', '21.5', 'on', "it's", ''])('leave what is none as it is: %s', (text) => {
    expect(guarded(text)).toBe(text);
  });

  it('keep what no format has a form for', () => {
    const row = [new Uint8Array([1, 255]), Number.POSITIVE_INFINITY, 12n];
    const writer = new RecordWriter('ndjson', columns, 'UTC');
    expect(Object.values(JSON.parse(writer.text([row])))).toEqual(['01ff', 'Infinity', '12']);
  });

  it('have a second column for each time, in UTC', () => {
    const writer = new RecordWriter('csv', [{ name: 'start_time', isTime: true }], 'Europe/Berlin');
    expect(writer.head).toBe('start_time,start_time_utc\r\n');
    expect(writer.text([['2026-11-24 13:05:01.123456'], [null]])).toBe(
      '2026-11-24T14:05:01.123456+01:00,2026-11-24T13:05:01.123456Z\r\n,\r\n',
    );
  });
});
