import type { Format } from '../format';
import { DAYS, SLOTS } from '../priors/weekSlot';
import { purposeLabel } from '../purposes';
import type { AreaNode, PriorsNode, TodayNode } from './nodes';
import { counted, type Presentation } from './presentation';

export function presentArea({ area, entityCount }: AreaNode, format: Format): Presentation {
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
    abilities: [
      'canShowIntervals',
      'canShowTimeline',
      'canShowPriors',
      'canShowOverview',
      'canEditArea',
      'canExport',
      'canDeleteHistory',
    ],
  };
}

export function presentToday({ areaName, span }: TodayNode, format: Format): Presentation {
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

export function presentPriors(node: PriorsNode, format: Format): Presentation {
  const overall = node.overall === null ? 'not learned yet' : format.percent(node.overall);
  const now = node.now === null ? '' : `, now ${format.percent(node.now)}`;
  return {
    label: 'Priors',
    description: `${overall}${now}`,
    icon: 'graph',
    tooltip: [
      `Learned prior of ${node.areaName}: ${overall}`,
      node.now === null
        ? 'This hour of the week was not learned; Home Assistant assumes 50 %'
        : `This hour of the week: ${format.percent(node.now)}`,
      `Hours of the week learned: ${node.learnedSlots} of ${DAYS * SLOTS}`,
      ...(node.lastUpdated ? [`Learned ${format.moment(node.lastUpdated)} (${node.lastUpdated} UTC)`] : []),
    ],
    spoken: `${node.areaName} learned prior ${overall}${now}`,
    opens: 'no',
    abilities: ['canShowPriors', 'canExport'],
  };
}
