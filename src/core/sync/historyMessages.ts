import { HomeAssistantError } from '../errors';
import { SECOND_US, utcTextOfMicroseconds } from '../time';
import type { HistoryPiece } from './historyPieces';
import { pythonMicroseconds } from './pythonTime';
import type { HistoryRequest, StateBatch, StateChange } from './stateSource';
import { unitOfMeasurement } from './unitOfMeasurement';

/**
 * Home Assistant leaves out what lies exactly on a bound, so all but the first request begin a little early; what is before
 * the bound is dropped again. µs.
 */
const OVERLAP = 1000;

/** The message for `history/history_during_period` that asks for a piece; `start` is that of the whole reading, µs. */
export function historyMessage({ group, from, to }: HistoryPiece, start: number): { type: string; [key: string]: unknown } {
  const isFirst = from === start;
  return {
    type: 'history/history_during_period',
    start_time: isoText(isFirst ? from : from - OVERLAP),
    end_time: isoText(to),
    entity_ids: group.entityIds,
    minimal_response: false,
    no_attributes: !group.attributes,
    significant_changes_only: true,
    include_start_time_state: isFirst,
  };
}

/** As Home Assistant's `compressed_state` is written; times in unix seconds. */
interface CompressedState {
  readonly s: string | null;
  readonly a?: unknown;
  /** When the state changed; missing where it equals `lu`. */
  readonly lc?: number | null;
  /** When the row was written: what bounds go by. */
  readonly lu: number;
}

/** The states in an answer to `historyMessage`, per entity in its order. Throws HomeAssistantError where it is none. */
export function* readAnswer(answer: unknown, piece: HistoryPiece, request: HistoryRequest): Generator<StateBatch> {
  if (!isObject(answer)) throw notUnderstood();
  const asked = new Set(piece.group.entityIds);
  for (const [entityId, states] of Object.entries(answer)) {
    if (!asked.has(entityId)) continue;
    if (!Array.isArray(states)) throw notUnderstood();
    const changes = readStates(states, piece, request.start, request.withUnit.has(entityId));
    if (changes.length > 0) yield { entityId, changes };
  }
}

function readStates(states: readonly unknown[], { from, to }: HistoryPiece, start: number, withUnit: boolean): StateChange[] {
  const [low, high] = [from / SECOND_US, to / SECOND_US];
  const changes: StateChange[] = [];
  for (const state of states) {
    if (!isCompressedState(state)) throw notUnderstood();
    // In the first piece only the state in force is not after the bound; of several rows of the same moment the last one is.
    const isInForce = from === start && state.lu <= low;
    if ((state.lu < low && !isInForce) || state.lu >= high) continue;
    if (isInForce) changes.length = 0;
    changes.push({
      state: state.s,
      // Whatever it says, a state did not change after it was written; one that changed before the start counts from there.
      at: isInForce ? start : Math.max(start, pythonMicroseconds(Math.min(state.lc ?? state.lu, state.lu))),
      unit: withUnit ? unitOfMeasurement(state.a) : null,
    });
  }
  return changes;
}

function isCompressedState(value: unknown): value is CompressedState {
  if (!isObject(value)) return false;
  const { s, lu, lc = null } = value;
  return (s === null || typeof s === 'string') && isTime(lu) && (lc === null || isTime(lc));
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notUnderstood(): HomeAssistantError {
  return new HomeAssistantError(
    'Home Assistant answered with a history that cannot be read.',
    'Update Home Assistant and this extension; until then sync from the recorder file.',
  );
}

/** µs since the epoch as ISO 8601 in UTC, to the microsecond. */
function isoText(microseconds: number): string {
  return `${utcTextOfMicroseconds(microseconds).replace(' ', 'T')}+00:00`;
}
