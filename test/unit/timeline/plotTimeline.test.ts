import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { describeCell } from '../../../src/core/timeline/describeCell';
import { plotTimeline } from '../../../src/core/timeline/plotTimeline';
import { cellAt, placeOf, type TimelinePlot } from '../../../src/core/timeline/timelinePlot';
import type { Timeline } from '../../../src/core/timeline/timeline';
import type { TimelineRange } from '../../../src/core/timeline/timelineRange';
import { type LaneOf, timelineOf } from './timelineOf';

const MOTION = 'binary_sensor.kitchen_motion';
const NEXT_YEAR = '2027-01-01 00:00';

function plot(
  timeline: Timeline,
  range: TimelineRange,
  timeZone: string,
  more: { now?: string; names?: Record<string, string>; title?: string; keys?: string } = {},
): TimelinePlot {
  const { now = NEXT_YEAR, names = {}, title = 'Kitchen', keys = 'Keys: …' } = more;
  return plotTimeline([{ area: title, timeline }], {
    title,
    range,
    timeZone,
    names: new Map(Object.entries(names)),
    format: new Format('en-GB', timeZone),
    now: Date.parse(`${now.replace(' ', 'T')}:00Z`),
    keys,
  });
}

function motion(...rows: LaneOf['rows']): LaneOf {
  return { entityId: MOTION, entityType: 'motion', rows };
}

/** The lines from the ruler to the last lane. */
function lines({ text, rows }: TimelinePlot): string[] {
  return text.split('\n').slice(3, (rows.at(-1)?.line ?? 3) + 1);
}

describe('A day as text', () => {
  const range: TimelineRange = { length: 'day', day: '2026-11-19' };
  const lanes: LaneOf[] = [
    motion(
      ['2026-11-18 20:00', '2026-11-19 05:30', 'off'],
      ['2026-11-19 05:30', '2026-11-19 05:45', 'on'],
      ['2026-11-19 05:45', '2026-11-19 06:02', 'off'],
      ['2026-11-19 06:02', '2026-11-19 06:10', 'on'],
      ['2026-11-19 06:10', '2026-11-19 10:00', 'off'],
      ['2026-11-19 11:00', '2026-11-19 12:00', 'off'],
    ),
    {
      entityId: 'media_player.kitchen',
      entityType: 'media',
      rows: [
        ['2026-11-19 00:00', '2026-11-19 08:00', 'off'],
        ['2026-11-19 07:00', '2026-11-19 09:00', 'playing'],
        ['2026-11-19 09:00', '2026-11-19 10:00', 'paused'],
      ],
    },
    {
      entityId: 'sensor.kitchen_temperature',
      entityType: 'temperature',
      rows: [
        ['2026-11-18 23:00', '2026-11-19 04:00', '18.5'],
        ['2026-11-19 04:00', '2026-11-19 08:00', '20'],
        ['2026-11-19 08:00', '2026-11-19 12:00', '22'],
      ],
    },
    { entityId: 'binary_sensor.kitchen_window', entityType: 'window', rows: [] },
  ];
  const timeline = timelineOf(range, 'Europe/Berlin', lanes, [['2026-11-19 05:30', '2026-11-19 06:10']]);
  const drawn = plot(timeline, range, 'Europe/Berlin', { now: '2026-11-19 12:00', names: { [MOTION]: 'Kitchen Motion' } });

  it('has a header, a ruler, a line a lane, a legend and the keys', () => {
    expect(drawn.text.split('\n')).toEqual([
      'Kitchen  Thu, 19 Nov 2026',
      '19 Nov 2026, 00:00 – 20 Nov 2026, 00:00, Europe/Berlin (UTC+1); each column is 20 min',
      '',
      '                      00:00    03:00    06:00    09:00    12:00    15:00    18:00    21:00      active',
      '                      ┬────────┬────────┬────────┬────────┬──▼─────┬────────┬────────┬────────',
      'Occupied              ───────────────────▆█▆─────────────────                                   40 min, 1×',
      'Motion                ───────────────────▆▄▆───────────···───                                   23 min, 6×',
      'media_player.kitchen  ···─────────────────────╳╳╳██████······                                   3 h, 3×',
      'kitchen_temperature   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▄▄▄▄▄▄▄▄▄▄▄████████████                                   18.5 – 22, 3×',
      'kitchen_window        ·······································                                   no intervals',
      '',
      '▂█ active   █ paused, standby, closing   ─ not active   · nothing known   ╳ overlap   ▁▄█ low to high',
      'Occupied: a motion sensor was on, gaps of up to 5 min bridged.',
      'Keys: …',
      '',
    ]);
  });

  it('says of every part what it is', () => {
    const textLines = drawn.text.split('\n');
    const kinds = drawn.spans
      .filter(({ line }) => line === 7)
      .map(({ start, end, kind }) => [textLines[7]?.slice(start, end).trim(), kind]);
    expect(kinds).toEqual([
      ['media_player.kitchen', 'name'],
      ['···', 'unknown'],
      ['─────────────────────', 'inactive'],
      ['╳╳╳', 'overlap'],
      ['███', 'active'],
      ['███', 'secondary'],
      ['······', 'unknown'],
      ['3 h, 3×', 'faint'],
    ]);
    expect(drawn.spans.find(({ kind }) => kind === 'now')).toMatchObject({ line: 4, start: 61 });
    expect(drawn.spans.filter(({ line }) => line === 5).map(({ kind }) => kind)).toContain('occupied');
  });

  it('finds the cell at a place, and the place of a moment', () => {
    expect(cellAt(drawn, 6, 21)).toBeUndefined();
    expect(cellAt(drawn, 6, 22 + 72)).toBeUndefined();
    expect(cellAt(drawn, 3, 30)).toBeUndefined();
    const cell = cellAt(drawn, 6, 22 + 21);
    expect(cell?.row.name).toBe('Kitchen Motion');
    expect([cell?.from, cell?.to].map((moment) => new Date((moment ?? 0) / 1000).toISOString())).toEqual([
      '2026-11-19T06:00:00.000Z',
      '2026-11-19T06:20:00.000Z',
    ]);
    expect(placeOf(drawn, (cell?.from ?? 0) + 1, MOTION)).toEqual({ line: 6, character: 43 });
    expect(placeOf(drawn, 0, 'sensor.gone')).toEqual({ line: 5, character: 22 });
  });

  it('tells of a cell its time, its states and its intervals', () => {
    const cell = cellAt(drawn, 6, 22 + 21)!;
    const day = { ...timeline, lanes: timeline.lanes.slice(0, 1) };
    expect(describeCell(cell, day, new Format('en-GB', 'Europe/Berlin'))).toEqual([
      'Kitchen Motion',
      MOTION,
      '19 Nov 2026, 07:00 – 19 Nov 2026, 07:20',
      '2026-11-19 06:00 – 2026-11-19 06:20 UTC',
      'off: 11 h 37 min',
      'on: 23 min',
      'nothing known: 12 h',
      '6 intervals',
    ]);
  });
});

describe('Several areas as text', () => {
  it('have a head each, and lanes under it', () => {
    const range: TimelineRange = { length: 'day', day: '2026-11-19' };
    const areaOf = (area: string, entityId: string): { area: string; timeline: Timeline } => ({
      area,
      timeline: timelineOf(range, 'UTC', [{ entityId, entityType: 'motion', rows: [] }], []),
    });
    const drawn = plotTimeline([areaOf('Kitchen', MOTION), areaOf('Büro', 'binary_sensor.desk')], {
      title: 'Kitchen, Büro',
      range,
      timeZone: 'UTC',
      names: new Map([
        [MOTION, 'Kitchen Motion'],
        ['binary_sensor.desk', 'Büro Desk'],
      ]),
      format: new Format('en-GB', 'UTC'),
      now: 0,
      keys: '',
    });
    const names = drawn.text.split('\n').slice(5, 11);
    expect(names.map((line) => line.slice(0, 21).trim())).toEqual(['Kitchen', 'Occupied', 'Motion', 'Büro', 'Occupied', 'Desk']);
    expect(drawn.rows.map(({ area, name }) => [area, name])).toEqual([
      ['Kitchen', 'Occupied'],
      ['Kitchen', 'Kitchen Motion'],
      ['Büro', 'Occupied'],
      ['Büro', 'Büro Desk'],
    ]);
  });
});

describe('The editor of a window of 1280 pixels', () => {
  const COLUMNS = 106;
  const KEYS =
    'Keys: p earlier, n later, t today, d day, w week, m four weeks, g go to date, Enter shows the interval in its view.';

  it.each(['day', 'week', 'fourWeeks'] as const)(
    'has room for the lanes of a %s, and for all that is written under them',
    (length) => {
      const range: TimelineRange = { length, day: '2026-11-19' };
      const timeline = timelineOf(range, 'UTC', [motion(['2026-11-19 12:00', '2026-11-19 13:00', 'on'])], []);
      const { text, rows, grid } = plot(timeline, range, 'UTC', { keys: KEYS });
      expect(Math.max(...rows.map(({ start }) => start + grid.count))).toBeLessThanOrEqual(COLUMNS);
      const below = text.split('\n').slice((rows.at(-1)?.line ?? 0) + 1);
      expect(below.filter((line) => line.length > COLUMNS)).toEqual([]);
    },
  );
});

describe('Ranges as text', () => {
  /** The lane of one motion from noon to two o'clock UTC on a day, under its ruler. */
  function noon(range: TimelineRange, timeZone: string, day = range.day): string[] {
    const timeline = timelineOf(range, timeZone, [motion([`${day} 12:00`, `${day} 14:00`, 'on'])]);
    return lines(plot(timeline, range, timeZone)).map((line) => line.slice(22));
  }

  it('have 25 hours where the clocks go back, and 23 where they go forward', () => {
    expect(noon({ length: 'day', day: '2026-10-25' }, 'Europe/Berlin')).toEqual([
      '00:00       03:00    06:00    09:00    12:00    15:00    18:00    21:00      active',
      '┬───────────┬────────┬────────┬────────┬────────┬────────┬────────┬────────',
      '··········································██████···························  2 h, 1×',
    ]);
    expect(noon({ length: 'day', day: '2026-03-29' }, 'Europe/Berlin')).toEqual([
      '00:00 03:00    06:00    09:00    12:00    15:00    18:00    21:00      active',
      '┬─────┬────────┬────────┬────────┬────────┬────────┬────────┬────────',
      '·······································██████························  2 h, 1×',
    ]);
  });

  it('follow zones of half an hour, and changes of half an hour', () => {
    expect(noon({ length: 'day', day: '2026-11-19' }, 'Asia/Kolkata')).toEqual([
      '00:00    03:00    06:00    09:00    12:00    15:00    18:00    21:00      active',
      '┬────────┬────────┬────────┬────────┬────────┬────────┬────────┬────────',
      '····················································▆█████▆·············  2 h, 1×',
    ]);
    expect(noon({ length: 'day', day: '2026-10-04' }, 'Australia/Lord_Howe')).toEqual([
      '00:00  03:00    06:00    09:00    12:00    15:00    18:00    21:00       active',
      '┬──────┬────────┬────────┬────────┬────────┬────────┬────────┬─────────',
      '···································································▆██▆  1 h, 1×',
    ]);
    const range: TimelineRange = { length: 'day', day: '2026-10-04' };
    const { text } = plot(timelineOf(range, 'Australia/Lord_Howe', []), range, 'Australia/Lord_Howe');
    expect(text.split('\n').slice(0, 2)).toEqual([
      'Kitchen  Sun, 4 Oct 2026',
      '4 Oct 2026, 00:00 – 5 Oct 2026, 00:00, Australia/Lord_Howe (UTC+10:30, then UTC+11); each column is 20 min',
    ]);
  });

  it('are a week or four as well, with the days where they begin', () => {
    expect(noon({ length: 'week', day: '2026-10-27' }, 'Europe/Berlin', '2026-10-26')).toEqual([
      'Wed 21      Thu 22      Fri 23      Sat 24      Sun 25      Mon 26      Tue 27         active',
      '┬───────────┬───────────┬───────────┬───────────┬───────────┬───────────┬────────────',
      '···································································█·················  2 h, 1×',
    ]);
    expect(noon({ length: 'fourWeeks', day: '2026-11-20' }, 'America/St_Johns', '2026-11-01')).toEqual([
      '24 Oct               31 Oct               7 Nov                14 Nov                  active',
      '┬────────────────────┬────────────────────┬────────────────────┬─────────────────────',
      '·························▄···························································  2 h, 1×',
    ]);
  });
});

describe('Lanes as text', () => {
  const range: TimelineRange = { length: 'fourWeeks', day: '2026-11-19' };

  it('say that there is nothing', () => {
    expect(lines(plot(timelineOf(range, 'UTC', [], []), range, 'UTC'))).toEqual([
      '                      23 Oct               30 Oct               6 Nov                13 Nov                 active',
      '                      ┬────────────────────┬────────────────────┬────────────────────┬────────────────────',
      'Occupied              ────────────────────────────────────────────────────────────────────────────────────  never',
    ]);
    const empty = plot(timelineOf(range, 'UTC', []), range, 'UTC').text;
    expect(empty).toContain('This area has no entities.');
    expect(empty).not.toContain('Occupied');
  });

  it('show an interval that lasted no time', () => {
    const timeline = timelineOf(range, 'UTC', [motion(['2026-11-19 23:30', '2026-11-19 23:30', 'on'])]);
    expect(lines(plot(timeline, range, 'UTC'))[2]).toBe(
      'kitchen_motion        ···················································································▁  0 s, 1×',
    );
  });

  it('begin at the same column whatever their names are, and keep to one line', () => {
    const names = [
      'חיישן תנועה במטבח',
      '台所の人感センサーの名前は長い',
      'of two\nlines \u202Eturned',
      '👩‍👩‍👧 family',
      'e\u0301te\u0301',
      'x'.repeat(99),
    ];
    const lanes = names.map((_, index): LaneOf => ({ entityId: `sensor.${index}`, entityType: 'unknown', rows: [] }));
    const byId = Object.fromEntries(names.map((name, index) => [`sensor.${index}`, name]));
    const drawn = plot(timelineOf(range, 'UTC', lanes), range, 'UTC', { names: byId });
    expect(
      lines(drawn)
        .slice(2)
        .map((line) => line.slice(0, line.indexOf('·'))),
    ).toEqual([
      'חיישן תנועה במטבח     ',
      '台所の人感センサーの… ',
      'of two lines  turned  ',
      '👩‍👩‍👧 family             ',
      'été                   ',
      'xxxxxxxxxxxxxxxxxxxx… ',
    ]);
    const kinds = drawn.rows.map(({ line }) => drawn.spans.find((span) => span.line === line)?.kind);
    expect(kinds).toEqual(['unevenName', 'unevenName', 'name', 'unevenName', 'unevenName', 'name']);
  });

  it('say where cells had to be wider than columns, and what was left out', () => {
    const timeline = { ...timelineOf(range, 'UTC', [motion()]), resolution: 960 * 60_000_000, omitted: 7 };
    const { text } = plot(timeline, range, 'UTC');
    expect(text).toContain('each column is 8 h, drawn from cells of 16 h');
    expect(text).toContain('7 more entities are left out; each has a timeline of its own.');
  });
});
