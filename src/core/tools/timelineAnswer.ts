import { isActive } from '../activeStates';
import type { OccupancyReader } from '../database/occupancyReader';
import { InvalidDataError } from '../errors';
import type { Interval, IntervalCursor } from '../model';
import { DAY_MS, utcMilliseconds, utcText } from '../time';
import { findArea } from './areasAnswer';
import { fitList } from './fitList';
import { isoTime, optionalCount, optionalText, optionalTime, requiredText, type ToolInput } from './toolInput';

const MOST_INTERVALS = 200;

/** What an area did from one time to another, the last day unless told; `now` is ms since the epoch. Throws InvalidDataError. */
export async function timelineAnswer(reader: OccupancyReader, input: ToolInput, now: number): Promise<object> {
  const name = requiredText(input, 'area', 'Pass the name of an area; get_areas lists them.');
  const [areas, entities] = await Promise.all([reader.getAreas(), reader.getEntities()]);
  const { areaName: area } = findArea(areas, name);
  const to = optionalTime(input, 'to') ?? utcText(now);
  const from = optionalTime(input, 'from') ?? utcText(utcMilliseconds(to) - DAY_MS);
  if (from >= to)
    throw new InvalidDataError(`\`from\` (${isoTime(from)}) is not before \`to\` (${isoTime(to)}).`, 'Pass an earlier `from`.');
  const limit = optionalCount(input, 'limit', 50, MOST_INTERVALS);
  const cursor = cursorOf(input);
  const [span, found] = await Promise.all([
    reader.getOccupiedSpan(area, from, to),
    reader.getIntervals({ area, from, to, limit: limit + 1, ...(cursor && { after: cursor }) }),
  ]);
  const types = new Map(entities.map(({ entityId, entityType }) => [entityId, entityType]));
  const rows = found.map((interval) => intervalFacts(interval, types.get(interval.entityId) ?? 'unknown'));
  const kept = fitList(rows, limit);
  const last = found[kept.length - 1];
  const how = last && `Call again with the same input and "cursor": ${JSON.stringify(cursorText(last))} for earlier ones.`;
  return {
    area,
    from: isoTime(from),
    to: isoTime(to),
    occupiedSeconds: span.occupiedSeconds,
    occupiedTimes: span.occupiedIntervals,
    intervalCount: span.rows.capped ? `more than ${span.rows.count}` : span.rows.count,
    // Newest first.
    intervals: kept,
    ...(found.length > kept.length && { omitted: { how } }),
  };
}

function intervalFacts({ entityId, state, startTime, endTime, durationSeconds }: Interval, entityType: string) {
  return {
    entity: entityId,
    type: entityType,
    state,
    active: isActive(entityType, state),
    start: isoTime(startTime),
    end: isoTime(endTime),
    seconds: durationSeconds,
  };
}

function cursorText({ startTime, endTime, id }: IntervalCursor): string {
  return [startTime, endTime, id].join('|');
}

function cursorOf(input: ToolInput): IntervalCursor | undefined {
  const text = optionalText(input, 'cursor');
  if (text === undefined) return undefined;
  const [startTime = '', endTime = '', id = ''] = text.split('|');
  if (startTime !== '' && endTime !== '' && /^\d+$/.test(id)) return { startTime, endTime, id: Number(id) };
  throw new InvalidDataError(
    '`cursor` is none of this tool.',
    'Pass the cursor of the answer before unchanged, or leave it out.',
  );
}
