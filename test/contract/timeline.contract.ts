import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OccupancyReader } from '../../src/core/database/occupancyReader';
import { isActive } from '../../src/core/activeStates';
import { drawnBoxes } from '../../src/core/timeline/drawnBoxes';
import { unpackBoxes } from '../../src/core/timeline/packBoxes';
import type { Box, Lane, Timeline, TimelineLane } from '../../src/core/timeline/timeline';
import { buildDatabase } from '../support/buildDatabase.mts';
import { storedTime } from '../support/stateWalk.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { trueOccupied } from '../support/trueOccupied.mts';
import { type TrueInterval, type TrueRows, trueRows } from '../support/trueRows.mts';
import { everyVersion, type OpenedForTest } from './occupancyReader.contract';

const AREA = 'Kitchen';
const MOTION = 'binary_sensor.kitchen_motion';
const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
/** A day in the middle of what the databases have. */
const FROM = '2026-11-18 23:00:00';
const TO = '2026-11-19 23:00:00.000000';
const MINUTE_MS = 60_000;

/** What the timelines of any OccupancyReader must show, on databases of every version. */
export function describeTimelines(name: string, open: (path: string) => Promise<OpenedForTest>, versions = everyVersion): void {
  describe.each(versions)(`${name}: timelines of db_version %d`, (version) => {
    const legacy = version <= 3;
    const folder = temporaryFolder('timeline');
    const path = join(folder.path, 'area_occupancy.db');
    let truth: TrueRows;
    let opened: OpenedForTest;
    let reader: OccupancyReader;

    beforeAll(async () => {
      buildDatabase(path, { version, areas: 5, entities: 50, days: 4 });
      addAwkwardRows(path, legacy);
      truth = trueRows(path);
      opened = await open(path);
      reader = opened.reader;
    });
    afterAll(async () => {
      await opened?.close();
      folder.remove();
    });

    const rowsOf = (entity: string): TrueInterval[] => truth.intervals.filter((row) => row.entity_id === entity);

    it('have a lane for each entity of the area, by type and id, with the states that count as active', async () => {
      const { lanes, from, to, resolution, omitted } = await reader.getTimeline({
        area: AREA,
        from: FROM,
        to: TO,
        resolution: MINUTE_MS,
      });
      expect([from, to, resolution, omitted]).toEqual([at(FROM), at(TO), 60_000_000, 0]);
      const entities = await reader.getEntities({ area: AREA });
      expect(lanes.map(({ entityId }) => entityId).toSorted()).toEqual(entities.map(({ entityId }) => entityId).toSorted());
      const types = lanes.map(({ entityType }) => entityType);
      expect(types.slice(0, 3)).toEqual(['motion', 'media', 'door']);
      for (const { entityType, states, numeric } of lanes) {
        expect(numeric).toBe(['temperature', 'humidity', 'illuminance', 'power', 'co2', 'voc'].includes(entityType));
        if (!numeric) for (const { name: state, active } of states) expect(active).toBe(isActive(entityType, state));
      }
    });

    it.each([MINUTE_MS, 15 * MINUTE_MS, 6 * 60 * MINUTE_MS])(
      'keep time and number of intervals at %d ms a cell',
      async (resolution) => {
        const timeline = await reader.getTimeline({ area: AREA, from: FROM, to: TO, resolution });
        for (const lane of timeline.lanes) {
          const rows = rowsOf(lane.entityId);
          expect(timeIn(timeline, lane), lane.entityId).toEqual(trueTimeIn(rows, lane, at(FROM), at(TO)));
          expect(count(boxesOf(timeline, lane)), lane.entityId).toBe(reaching(rows, at(FROM), at(TO)).length);
        }
      },
    );

    it('are answered as lanes to draw, of whatever areas: the same sums, and every box within half a unit', async () => {
      const entities = (await reader.getEntities()).filter(({ entityId }) => entityId.includes('motion')).slice(0, 3);
      const query = { from: FROM, to: TO, resolution: 15 * MINUTE_MS };
      const lanes = await reader.getLanes({ ...query, occupied: ['Kitchen', 'Bedroom'], entities });
      expect(lanes.occupied.map(({ area }) => area)).toEqual(['Kitchen', 'Bedroom']);
      expect(lanes.entities.map(({ entityId }) => entityId)).toEqual(entities.map(({ entityId }) => entityId));
      for (const lane of lanes.entities) {
        const alone = await reader.getTimeline({ ...query, entity: lane.entityId });
        const exact = alone.lanes[0]!;
        const boxes = boxesOf(alone, exact);
        expect(lane.states).toEqual(exact.states);
        const times = Object.fromEntries(lane.states.map(({ name: state }, place) => [state, lane.durations[place]]));
        expect(times).toEqual(timeIn(alone, exact));
        expect(lane.intervals).toBe(count(boxes));
        const drawn = drawnBoxes(lane.boxes, { ...lanes, low: lane.low, high: lane.high });
        expect(drawn.count).toBe(boxes.length);
        boxes.forEach(({ start, end }, box) => {
          expect(Math.abs((drawn.starts[box] ?? 0) - start)).toBeLessThanOrEqual(lanes.unit / 2);
          expect(Math.abs((drawn.ends[box] ?? 0) - end)).toBeLessThanOrEqual(lanes.unit / 2);
        });
      }
      const kitchen = await reader.getTimeline({ ...query, area: 'Kitchen' });
      const occupied = boxesOf(kitchen, kitchen.occupied!).flatMap(({ parts }) => parts);
      expect(lanes.occupied[0]).toMatchObject({
        source: kitchen.occupied?.source,
        durations: [sum(occupied.map((part) => part.duration))],
      });
      await expect(reader.getLanes({ ...query, occupied: ['Attic'], entities })).rejects.toMatchObject({ code: 'SCHEMA' });
      await expect(reader.getLanes({ ...query, occupied: [], entities: [] })).rejects.toMatchObject({ code: 'INVALID_DATA' });
    });

    it('show what began long before, and mark where states differ', async () => {
      const timeline = await reader.getTimeline({
        entity: 'media_player.kitchen_media',
        from: FROM,
        to: TO,
        resolution: MINUTE_MS,
      });
      expect(timeline.occupied).toBeNull();
      const [lane] = timeline.lanes;
      expect(lane?.entityType).toBe('media');
      const [first] = boxesOf(timeline, lane!);
      expect(first?.start).toBe(at(FROM));
      expect(lane?.states[first?.parts[0]?.state ?? -1]?.name).toBe('standing by');
      const motion = await reader.getTimeline({ entity: MOTION, from: FROM, to: TO, resolution: MINUTE_MS });
      const early = boxesOf(motion, motion.lanes[0]!).find(({ end }) => end > at(FROM));
      expect(early).toMatchObject({ start: at(FROM), overlaps: true });
    });

    it('give the numbers of a sensor as they were over time', async () => {
      const timeline = await reader.getTimeline({ area: AREA, from: FROM, to: TO, resolution: 24 * 60 * MINUTE_MS });
      const numeric = timeline.lanes.filter((lane) => lane.numeric);
      expect(numeric.length).toBeGreaterThan(1);
      for (const lane of numeric) {
        const values = boxesOf(timeline, lane).flatMap(({ value }) => (value ? [value] : []));
        const numbers = reaching(rowsOf(lane.entityId), at(FROM), at(TO)).map(({ state }) => Number(state));
        expect(Math.min(...values.map(({ low }) => low))).toBeCloseTo(Math.min(...numbers), 3);
        expect(Math.max(...values.map(({ high }) => high))).toBeCloseTo(Math.max(...numbers), 3);
        for (const { low, mean, high } of values) expect(low <= mean && mean <= high).toBe(true);
      }
    });

    it.each([
      ['of a day that AOD has in its cache', '2026-11-18 09:30:00', '2026-11-19 00:00:00', 'cache'],
      ['of a day that is not over', '2026-11-19 23:00:00', '2026-11-20 23:00:00', 'both'],
    ])('show when the area was occupied, %s', async (_, from, to, source) => {
      const timeline = await reader.getTimeline({ area: AREA, from, to, resolution: MINUTE_MS });
      expect(timeline.occupied?.source).toBe(legacy ? 'motion' : source);
      const boxes = boxesOf(timeline, timeline.occupied!);
      const occupied = sum(boxes.flatMap(({ parts }) => parts.map(({ duration }) => duration)));
      expect(occupied).toBe(trueOccupied(truth, AREA, [MOTION], from, to).total);
      expect(occupied).toBeGreaterThan(0);
    });

    it('are empty where nothing was, and have a lane for an entity that nobody lists', async () => {
      const empty = await reader.getTimeline({
        area: AREA,
        from: '2031-01-01 00:00:00',
        to: '2031-01-02 00:00:00',
        resolution: MINUTE_MS,
      });
      expect(empty.lanes.flatMap((lane) => boxesOf(empty, lane))).toEqual([]);
      expect(boxesOf(empty, empty.occupied!)).toEqual([]);
      const { lanes } = await reader.getTimeline({ entity: 'sensor.unheard_of', from: FROM, to: TO, resolution: MINUTE_MS });
      expect(lanes).toEqual([
        { entityId: 'sensor.unheard_of', entityType: 'unknown', numeric: false, states: [], boxes: new Uint8Array() },
      ]);
    });

    it('refuse what makes no sense, and stop when they are not wanted any more', async () => {
      const query = { area: AREA, from: FROM, to: TO, resolution: MINUTE_MS };
      await expect(reader.getTimeline({ ...query, area: 'Attic' })).rejects.toMatchObject({ code: 'SCHEMA' });
      await expect(reader.getTimeline({ ...query, to: FROM })).rejects.toMatchObject({ code: 'INVALID_DATA' });
      await expect(reader.getTimeline({ ...query, from: 'now' })).rejects.toMatchObject({ code: 'INVALID_DATA', message: /now/ });
      await expect(reader.getTimeline({ ...query, resolution: 0 })).rejects.toMatchObject({ message: /resolution/ });
      await expect(reader.getTimeline({ from: FROM, to: TO, resolution: 1 })).rejects.toMatchObject({ code: 'INVALID_DATA' });
      const signal = AbortSignal.abort();
      await expect(reader.getTimeline(query, signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    });

    it('are at most 200 kB, with wider cells where it takes that', async () => {
      const fine = await reader.getTimeline({
        area: AREA,
        from: '2026-11-16 00:00:00',
        to: '2026-11-20 10:00:00',
        resolution: 1,
      });
      const bytes = sum([...fine.lanes, fine.occupied!].map(({ boxes }) => boxes.length));
      expect(bytes).toBeLessThan(200_000);
      expect(fine.resolution % 1000).toBe(0);
      expect(fine.resolution).toBeGreaterThan(1000);
    });
  });
}

/** A state of two days, one of twelve hours across the start, another that overlaps it, one of no length, one at the very end. */
function addAwkwardRows(path: string, legacy: boolean): void {
  const db = new Database(path);
  try {
    db.pragma('foreign_keys = OFF');
    const own = legacy ? '' : ', entry_id, area_name, aggregation_level';
    const values = legacy ? '' : `, 'E', '${AREA}', @level`;
    const insert = db.prepare(
      `INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at${own})
       VALUES (@entity, @state, @start, @end, 1, @end${values})`,
    );
    const add = (entity: string, state: string, start: number, end: number, level = 'raw'): unknown =>
      insert.run({ entity, state, start: storedTime(start), end: storedTime(end), ...(legacy ? {} : { level }) });
    const from = at(FROM);
    db.prepare('DELETE FROM intervals WHERE entity_id = ?').run('media_player.kitchen_media');
    add('media_player.kitchen_media', 'standing by', from - 40 * HOUR, from + 8 * HOUR);
    add('media_player.kitchen_media', 'playing', from + 8 * HOUR, from + 9 * HOUR);
    add('media_player.kitchen_media', 'paused', from + 9 * HOUR, from + 9 * HOUR);
    add('media_player.kitchen_media', 'playing', at(TO), at(TO) + HOUR);
    add(MOTION, 'on', from - 12 * HOUR, from + HOUR / 2);
    add(MOTION, 'off', from - 11 * HOUR, from + HOUR);
    if (!legacy) add(MOTION, 'on', from + 2 * HOUR, from + DAY, 'daily');
    if (!legacy) db.prepare(`DELETE FROM intervals WHERE aggregation_level = 'daily' AND entity_id <> ?`).run(MOTION);
  } finally {
    db.close();
  }
}

function boxesOf({ from }: Timeline, { boxes }: Lane): Box[] {
  return unpackBoxes(boxes, from);
}

function timeIn(timeline: Timeline, lane: TimelineLane): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { state, duration } of boxesOf(timeline, lane).flatMap(({ parts }) => parts)) {
    const name = lane.states[state]?.name ?? '?';
    if (duration > 0) times[name] = (times[name] ?? 0) + duration;
  }
  return times;
}

/** By looking at every stretch between two moments at which anything begins or ends: the row that began last is in force. */
function trueTimeIn(rows: readonly TrueInterval[], { numeric }: TimelineLane, from: number, to: number): Record<string, number> {
  const inRange = reaching(rows, from, to)
    .map((row) => ({ start: at(row.start_time), end: at(row.end_time), state: numeric ? 'number' : row.state }))
    .toSorted((left, right) => left.start - right.start || left.end - right.end);
  const clipped = (moment: number): number => Math.min(to, Math.max(from, moment));
  const moments = [...new Set(inRange.flatMap(({ start, end }) => [clipped(start), clipped(end)]))].toSorted((a, b) => a - b);
  const times: Record<string, number> = {};
  for (const [index, moment] of moments.entries()) {
    const next = moments[index + 1];
    const inForce = inRange.findLast(({ start, end }) => start <= moment && moment < end);
    if (next !== undefined && inForce) times[inForce.state] = (times[inForce.state] ?? 0) + next - moment;
  }
  return times;
}

/** Raw rows of which something lies in the range. */
function reaching(rows: readonly TrueInterval[], from: number, to: number): TrueInterval[] {
  return rows.filter((row) => {
    const [start, end] = [at(row.start_time), at(row.end_time)];
    const isRaw = !('aggregation_level' in row) || row.aggregation_level === 'raw';
    return isRaw && start < to && (start >= from || end > from);
  });
}

function count(boxes: readonly Box[]): number {
  return sum(boxes.map(({ intervals }) => intervals));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Stored text as µs since the epoch. */
function at(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) * 1000 + Number(text.slice(20).padEnd(6, '0'));
}
