import type { Format } from '../format';
import { purposeLabel } from '../purposes';
import type {
  AreaNode,
  DatabaseNode,
  DayNode,
  EmptyNode,
  EntityNode,
  EntityTypeNode,
  IntervalNode,
  MoreNode,
  PriorsNode,
  TodayNode,
  TreeNode,
} from './nodes';
import type { Presentation } from './presentation';

/** The words, icon and abilities of a row. */
export function present(node: TreeNode, format: Format): Presentation {
  switch (node.kind) {
    case 'database':
      return presentDatabase(node);
    case 'area':
      return presentArea(node, format);
    case 'today':
      return presentToday(node, format);
    case 'priors':
      return presentPriors(node, format);
    case 'entityType':
      return presentEntityType(node, format);
    case 'entity':
      return presentEntity(node, format);
    case 'day':
      return presentDay(node, format);
    case 'interval':
      return presentInterval(node, format);
    case 'more':
      return presentMore(node, format);
    case 'empty':
      return leaf(emptyText(node), 'circle-slash');
    case 'problem':
      return leaf(node.message, 'error', 'problemsErrorIcon.foreground');
    case 'advice':
      return leaf(node.nextStep, 'lightbulb', 'problemsWarningIcon.foreground');
    case 'lastGood':
      return leaf(`Last good data, read at ${format.timeOf(node.at)}`, 'history', 'problemsWarningIcon.foreground');
    case 'notice':
      return leaf(node.text, 'info', 'problemsInfoIcon.foreground');
  }
}

function leaf(label: string, icon: string, color?: string): Presentation {
  return { label, description: '', icon, ...(color && { color }), tooltip: [label], spoken: label, opens: 'no', abilities: [] };
}

function presentDatabase({ name, database, info, failed }: DatabaseNode): Presentation {
  const version = info && (info.dbVersion === null ? 'no version' : `AOD schema ${info.dbVersion}`);
  const facts = [version, info?.readOnly && 'read-only', failed && 'not readable'].filter(Boolean).join(', ');
  return {
    label: name,
    description: facts,
    icon: failed ? 'warning' : 'database',
    ...(failed && { color: 'problemsWarningIcon.foreground' }),
    tooltip: [database, ...(info?.reason ? [info.reason] : [])],
    spoken: `Database ${name}${facts && `, ${facts}`}`,
    opens: 'expanded',
    abilities: ['canClose', 'canShowLock'],
  };
}

function presentArea({ area, entityCount }: AreaNode, format: Format): Presentation {
  const entities = counted(entityCount, 'entity', 'entities', format);
  const purpose = purposeLabel(area.purpose);
  return {
    label: area.areaName,
    description: `${purpose} · ${entities}`,
    icon: 'home',
    tooltip: [
      area.areaName,
      `Purpose: ${purpose}`,
      `Occupied above ${format.percent(area.threshold)}`,
      `Learned prior: ${area.areaPrior === null ? 'not learned yet' : format.percent(area.areaPrior)}`,
      ...(area.adjacentAreas.length > 0 ? [`Adjacent: ${area.adjacentAreas.join(', ')}`] : []),
      `Home Assistant area: ${area.areaId}`,
      `Updated: ${format.moment(area.updatedAt)} (${area.updatedAt} UTC)`,
    ],
    spoken: `Area ${area.areaName}, ${purpose}, ${entities}`,
    opens: 'collapsed',
    abilities: ['canShowIntervals'],
  };
}

function presentToday({ areaName, span }: TodayNode, format: Format): Presentation {
  const times = counted(span.occupiedIntervals, 'time', 'times', format);
  const fact = span.occupiedIntervals === 0 ? 'not occupied' : `occupied ${format.duration(span.occupiedSeconds)}, ${times}`;
  return {
    label: 'Today',
    description: fact,
    icon: 'calendar',
    tooltip: [
      `${areaName} today: ${fact}`,
      `Intervals: ${format.count(span.rows)}`,
      span.lastEndTime ? `Last one ended ${format.time(span.lastEndTime)} (${span.lastEndTime} UTC)` : 'No interval yet today',
    ],
    spoken: `${areaName} today: ${fact}`,
    opens: 'no',
    abilities: [],
  };
}

/** Slots of a week, an hour each. */
const SLOTS = 168;

function presentPriors(node: PriorsNode, format: Format): Presentation {
  const overall = node.overall === null ? 'not learned yet' : format.percent(node.overall);
  const now = node.now === null ? '' : `, now ${format.percent(node.now)}`;
  return {
    label: 'Priors',
    description: `${overall}${now}`,
    icon: 'graph',
    tooltip: [
      `Learned prior of ${node.areaName}: ${overall}`,
      node.now === null ? 'This hour of the week was not learned; Home Assistant assumes 50 %' : `This hour of the week: ${format.percent(node.now)}`,
      `Hours of the week learned: ${node.learnedSlots} of ${SLOTS}`,
      ...(node.lastUpdated ? [`Learned ${format.moment(node.lastUpdated)} (${node.lastUpdated} UTC)`] : []),
    ],
    spoken: `${node.areaName} learned prior ${overall}${now}`,
    opens: 'no',
    abilities: [],
  };
}

function presentEntityType({ entityType, count }: EntityTypeNode, format: Format): Presentation {
  const entities = counted(count, 'entity', 'entities', format);
  return {
    label: entityType,
    description: entities,
    icon: typeIcon(entityType),
    tooltip: [`Type ${entityType}: ${entities}`],
    spoken: `Type ${entityType}, ${entities}`,
    opens: 'collapsed',
    abilities: [],
  };
}

function presentEntity({ entity, friendlyName, opens }: EntityNode, format: Format): Presentation {
  const name = friendlyName ?? entity.entityId;
  const likelihoods = `${format.percent(entity.probGivenTrue)} / ${format.percent(entity.probGivenFalse)}`;
  const evidence = entity.evidence ? ', active' : '';
  return {
    label: name,
    description: [friendlyName && entity.entityId, entity.entityType, `weight ${format.number(entity.weight)}`].filter(Boolean).join(' · '),
    icon: typeIcon(entity.entityType),
    ...(entity.evidence && { color: 'charts.green' }),
    tooltip: [
      name,
      entity.entityId,
      `Area: ${entity.areaName}`,
      `Type: ${entity.entityType}`,
      `Weight: ${format.number(entity.weight)}`,
      `Active when occupied / when not: ${likelihoods}`,
      ...(entity.isShared ? [`Shared with: ${entity.sharedWithAreas.join(', ') || 'other areas'}`] : []),
      ...(entity.isDecaying && entity.decayStart ? [`Decaying since ${format.moment(entity.decayStart)}`] : []),
      `Updated: ${format.moment(entity.lastUpdated)} (${entity.lastUpdated} UTC)`,
    ],
    spoken: `Entity ${name}, ${entity.entityType}, weight ${format.number(entity.weight)}${evidence}`,
    opens: opens ? 'collapsed' : 'no',
    abilities: ['canCopyId', ...(opens ? [] : ['canShowIntervals'])],
  };
}

function presentDay({ day }: DayNode, format: Format): Presentation {
  const intervals = `${format.count(day.count)} ${day.count.count === 1 ? 'interval' : 'intervals'}`;
  const name = format.day(day.day);
  return {
    label: name,
    description: intervals,
    icon: 'calendar',
    tooltip: [`${name}: ${intervals}`, `${day.from} to ${day.to} UTC`],
    spoken: `${name}, ${intervals}`,
    opens: 'collapsed',
    abilities: [],
  };
}

function presentInterval({ interval, friendlyName, active }: IntervalNode, format: Format): Presentation {
  const name = friendlyName ?? interval.entityId;
  const times = `${format.time(interval.startTime)} – ${format.time(interval.endTime)}`;
  const duration = format.duration(interval.durationSeconds);
  const level = interval.aggregationLevel === 'raw' ? [] : [interval.aggregationLevel];
  return {
    label: times,
    description: [interval.state, duration, ...level, name].join(' · '),
    icon: active ? 'circle-filled' : 'circle-outline',
    ...(active && { color: 'charts.green' }),
    tooltip: [
      `${name}: ${interval.state}`,
      interval.entityId,
      `${format.moment(interval.startTime)} – ${format.moment(interval.endTime)}`,
      `${interval.startTime} – ${interval.endTime} UTC`,
      `${duration} (${format.number(interval.durationSeconds)} s), ${interval.aggregationLevel}`,
    ],
    spoken: `${name} ${interval.state}, ${times}, ${duration}`,
    opens: 'no',
    abilities: ['canCopyId'],
  };
}

function presentMore({ shown, total }: MoreNode, format: Format): Presentation {
  const so = total ? `${format.number(shown)} of ${format.count(total)} shown` : `${format.number(shown)} shown`;
  return { ...leaf('Load more', 'ellipsis'), description: so, spoken: `Load more, ${so}`, abilities: ['canLoadMore'] };
}

function emptyText({ what }: EmptyNode): string {
  switch (what) {
    case 'areas':
      return 'No areas yet';
    case 'entities':
      return 'No entities yet';
    case 'intervals':
      return 'No intervals yet';
    case 'filtered':
      return 'No entity matches the filter';
  }
}

function counted(count: number, one: string, many: string, format: Format): string {
  return `${format.number(count)} ${count === 1 ? one : many}`;
}

const typeIcons: Readonly<Record<string, string>> = {
  motion: 'person',
  media: 'device-desktop',
  appliance: 'plug',
  door: 'sign-in',
  window: 'browser',
  cover: 'fold-down',
  illuminance: 'lightbulb',
  power: 'zap',
  sleep: 'eye-closed',
  sound_pressure: 'unmute',
};

/** Types without an icon of their own are readings of a sensor. */
function typeIcon(entityType: string): string {
  return typeIcons[entityType] ?? 'pulse';
}
