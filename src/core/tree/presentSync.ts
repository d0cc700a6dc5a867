import type { Format } from '../format';
import type { EntitySync } from '../sync/syncReport';
import type { SyncAreaNode, SyncBetweenNode, SyncEntityNode, SyncNothingNode, SyncRowNode } from './nodes';
import { typeIcon } from './presentEntities';
import { counted, leaf, type Presentation } from './presentation';
import { addsRows, describeRows, rowsAdded, whyEntityAddsNothing } from './summarizeSync';

export function presentSyncArea(node: SyncAreaNode, format: Format): Presentation {
  const rows = describeRows(node, format);
  const entities = counted(node.entityCount, 'entity', 'entities', format);
  return {
    label: node.areaName,
    description: describeRows(node, format, ', '),
    icon: 'home',
    tooltip: [node.areaName, `To be added: ${rows}, ${entities}`],
    spoken: `Area ${node.areaName}, add ${rows}, ${entities}`,
    opens: 'collapsed',
    abilities: ['canShowIntervals'],
  };
}

export function presentSyncEntity({ sync, areaName, entityType, friendlyName }: SyncEntityNode, format: Format): Presentation {
  const name = friendlyName ?? sync.entityId;
  const outcome = addsRows(sync) ? describeRows(rowsAdded(sync), format, ', ') : whyEntityAddsNothing(sync, format);
  return {
    label: name,
    description: outcome,
    icon: typeIcon(entityType),
    tooltip: [name, sync.entityId, `Area: ${areaName}`, `Type: ${entityType}`, ...countsOf(sync, format)],
    spoken: `Entity ${name}, ${addsRows(sync) ? 'add ' : ''}${outcome}`,
    opens: sync.first ? 'collapsed' : 'no',
    abilities: ['canCopyId', 'canShowIntervals'],
  };
}

export function presentSyncRow({ entityName, place, row, active }: SyncRowNode, format: Format): Presentation {
  const [start, end] = [format.dayTime(row.startTime), format.dayTime(row.endTime)];
  const duration = format.duration(row.durationSeconds);
  const which = place === 'only' ? 'The only one' : `The ${place} one`;
  return {
    // The state first: a narrow side bar cuts off the end.
    label: `${row.state} · ${start}`,
    description: place === 'only' ? duration : `${duration} · ${place}`,
    icon: active ? 'circle-filled' : 'circle-outline',
    ...(active && { color: 'charts.green' }),
    tooltip: [
      `${entityName}: ${row.state}`,
      `${which} to be added`,
      `${format.moment(row.startTime)} – ${format.moment(row.endTime)}`,
      `${row.startTime} – ${row.endTime} UTC`,
      `${duration} (${format.number(row.durationSeconds)} s)`,
    ],
    spoken: `${which}: ${row.state}, from ${start} to ${end}, ${duration}`,
    opens: 'no',
    abilities: [],
  };
}

export function presentSyncBetween({ count }: SyncBetweenNode, format: Format): Presentation {
  return leaf(`${format.number(count)} more between`, 'kebab-vertical');
}

export function presentSyncNothing({ entityCount }: SyncNothingNode, format: Format): Presentation {
  const entities = counted(entityCount, 'entity', 'entities', format);
  return {
    ...leaf('Nothing to add', 'circle-slash'),
    description: entities,
    tooltip: [`Nothing to add for ${entities}`],
    spoken: `Nothing to add for ${entities}`,
    opens: 'collapsed',
  };
}

function countsOf({ states, intervals, samples }: EntitySync, format: Format): readonly string[] {
  const lines: readonly (readonly [name: string, count: number])[] = [
    ['States in the history', states],
    ['Intervals to be added', intervals.added],
    ['Intervals already there', intervals.alreadyThere],
    ['Shorter than 5 s', intervals.tooShort],
    ['On for more than 13 h', intervals.tooLong],
    ['Unknown or unavailable', intervals.unusable],
    ['Older than 365 days', intervals.tooOld],
    ['Samples to be added', samples.added],
    ['Samples already there', samples.alreadyThere],
  ];
  return lines.filter(([, count], index) => count > 0 || index < 2).map(([name, count]) => `${name}: ${format.number(count)}`);
}
