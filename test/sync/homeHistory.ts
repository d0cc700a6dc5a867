// A history at random, and what has to be read of it, found in the plainest way.
import type { HistoryRequest, StateBatch, StateChange } from '../../src/core/sync/stateSource.ts';
import type { Random } from '../support/random.mts';
import type { RecordedState } from '../support/recordedStates.mts';

const DOMAINS = ['binary_sensor', 'sensor', 'climate', 'device_tracker', 'media_player', 'light'];
const SIGNIFICANT = new Set(['climate', 'device_tracker', 'humidifier', 'thermostat', 'water_heater']);
const DAY = 86_400;

export function entityIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${DOMAINS[index % DOMAINS.length]}.room_${index}`);
}

/** `count` states within `days` from `start` (µs), in the order of time, many of them on bounds or at the same moment. */
export function randomStates(
  ids: readonly string[],
  start: number,
  days: number,
  count: number,
  random: Random,
): RecordedState[] {
  const states = Array.from({ length: count }, (): RecordedState => {
    const entityId = ids[random.whole(0, ids.length - 1)] ?? '';
    const whole = start / 1e6 + random.whole(-DAY, (days + 1) * DAY);
    const onBound = start / 1e6 + random.whole(0, days) * DAY;
    const lastUpdated = [onBound, whole, whole + random.next(), whole + random.next()][random.whole(0, 3)] ?? 0;
    const lastChanged = [null, null, lastUpdated, lastUpdated - random.whole(1, 100)][random.whole(0, 3)] ?? null;
    const state = ['on', 'off', String(random.whole(0, 99)), 'unavailable', '', null][random.whole(0, 5)] ?? null;
    const unit = ['°C', 'µg/m³', 7, undefined][random.whole(0, 3)];
    const attributes = { friendly_name: entityId, ...(unit === undefined ? {} : { unit_of_measurement: unit }) };
    return { entityId, state, attributes, lastUpdated, lastChanged };
  });
  return states.toSorted((a, b) => a.lastUpdated - b.lastUpdated);
}

/** All changes per entity, as Home Assistant's recorder holds them between both bounds, with the state in force at the start. */
export function expectedChanges(states: readonly RecordedState[], request: HistoryRequest): Map<string, StateChange[]> {
  const expected = new Map<string, StateChange[]>();
  const [start, end] = [request.start / 1e6, request.end / 1e6];
  for (const entityId of new Set(request.entityIds)) {
    const own = states.filter((state) => state.entityId === entityId);
    const change = ({ state, attributes }: RecordedState, at: number): StateChange => {
      const { unit_of_measurement: unit = null } = attributes;
      const kept = typeof unit === 'number' ? `${unit}` : unit;
      return { state, at, unit: request.withUnit.has(entityId) && typeof kept === 'string' ? kept : null };
    };
    const inForce = own.findLast(({ lastUpdated }) => lastUpdated < start);
    const changes = own.filter(
      ({ lastUpdated, lastChanged }) =>
        lastUpdated > start &&
        lastUpdated < end &&
        (lastChanged === null || lastChanged === lastUpdated || SIGNIFICANT.has(entityId.split('.')[0] ?? '')),
    );
    const all = [
      ...(inForce ? [change(inForce, request.start)] : []),
      ...changes.map((state) => change(state, microseconds(state.lastUpdated))),
    ];
    if (all.length > 0) expected.set(entityId, all);
  }
  return expected;
}

/** As exact as doubles are: the nearest microsecond, which half to even decides only where two are equally near. */
function microseconds(seconds: number): number {
  return Math.floor(seconds) * 1_000_000 + Math.round((seconds % 1) * 1_000_000);
}

export function joined(batches: readonly StateBatch[]): Map<string, StateChange[]> {
  const changes = new Map<string, StateChange[]>();
  for (const batch of batches) changes.set(batch.entityId, [...(changes.get(batch.entityId) ?? []), ...batch.changes]);
  return changes;
}

export async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const piece of pieces) collected.push(piece);
  return collected;
}
