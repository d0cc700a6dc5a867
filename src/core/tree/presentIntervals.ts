import type { Format } from '../format';
import type { DayNode, IntervalNode, MoreNode } from './nodes';
import { leaf, type Presentation } from './presentation';

export function presentDay({ day }: DayNode, format: Format): Presentation {
  const intervals = `${format.count(day.count)} ${day.count.count === 1 ? 'interval' : 'intervals'}`;
  const name = format.day(day.day);
  return {
    label: name,
    description: intervals,
    icon: 'calendar',
    tooltip: [`${name}: ${intervals}`, `${day.from} to ${day.to} UTC`],
    spoken: `${name}, ${intervals}`,
    opens: 'collapsed',
    abilities: ['canShowTimeline', 'canExport'],
  };
}

export function presentInterval({ interval, friendlyName, mixed, active }: IntervalNode, format: Format): Presentation {
  const name = friendlyName ?? interval.entityId;
  const [start, end] = [format.time(interval.startTime), format.time(interval.endTime)];
  const duration = format.duration(interval.durationSeconds);
  const level = interval.aggregationLevel === 'raw' ? [] : [interval.aggregationLevel];
  return {
    label: `${start} ${interval.state}`,
    description: [...(mixed ? [name] : []), duration, ...level, ...(mixed ? [] : [`until ${end}`])].join(' · '),
    icon: active ? 'circle-filled' : 'circle-outline',
    ...(active && { color: 'charts.green' }),
    tooltip: [
      `${name}: ${interval.state}`,
      interval.entityId,
      `${format.moment(interval.startTime)} – ${format.moment(interval.endTime)}`,
      `${interval.startTime} – ${interval.endTime} UTC`,
      `${duration} (${format.number(interval.durationSeconds)} s), ${interval.aggregationLevel}`,
    ],
    spoken: `${name} ${interval.state}, from ${start} to ${end}, ${duration}`,
    opens: 'no',
    abilities: ['canCopyId', 'canShowTimeline'],
  };
}

export function presentMore({ shown, total, searchedTo }: MoreNode, format: Format): Presentation {
  const so = total ? `${format.number(shown)} of ${format.count(total)} shown` : `${format.number(shown)} shown`;
  const reach = searchedTo === null ? so : `searched back to ${format.day(searchedTo)}`;
  return { ...leaf('Load more', 'ellipsis'), description: reach, spoken: `Load more, ${reach}` };
}
