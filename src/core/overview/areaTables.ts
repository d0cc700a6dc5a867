import type { Format } from '../format';
import { likelihoodRatio, ratioCell } from './likelihoodRatio';
import type { AreaOverview, Correlation } from './overviewFacts';
import type { OverviewCell, OverviewColumn, OverviewRow, OverviewTable } from './overviewModel';

type Names = ReadonlyMap<string, string>;

/** Ways that are shown: the others are rare. */
const MOST_TRANSITIONS = 20;

const NOTHING: OverviewCell = { text: '–' };

export function entityTable({ entities, entityCount }: AreaOverview, names: Names, format: Format): OverviewTable {
  const left = entityCount - entities.length;
  return {
    id: 'entities',
    title: 'Entities',
    meaning:
      'How likely each is active while the area is occupied, and while it is empty. The ratio of the two is what an active state does to the odds: to the right it supports occupied, to the left it speaks against.',
    columns: [
      text('Entity'),
      text('Type'),
      numbers('Weight'),
      numbers('If occupied'),
      numbers('If empty'),
      numbers('Ratio', 'middle'),
    ],
    rows: entities.map((entity): OverviewRow => [
      entityCell(entity.entityId, names),
      { text: entity.entityType },
      number(entity.weight, format),
      percent(entity.probGivenTrue, format),
      percent(entity.probGivenFalse, format),
      ratioCell(likelihoodRatio(entity), format),
    ]),
    ...(left > 0 && { omitted: left }),
    ...note(
      entityCount === 0
        ? 'This area has no entities.'
        : left > 0 && `${format.number(left)} more ${left === 1 ? 'entity is' : 'entities are'} left out.`,
    ),
  };
}

/** null where nothing was analysed. */
export function correlationTable({ correlations }: AreaOverview, names: Names, format: Format): OverviewTable | null {
  if (correlations.length === 0) return null;
  return {
    id: 'correlations',
    title: 'Correlations',
    meaning:
      'How far each goes with the area being occupied, as last analysed. Numbers have their means, states only how much of the time they were active.',
    columns: [
      text('Entity'),
      numbers('Coefficient', 'middle'),
      text('Kind'),
      numbers('Samples'),
      numbers('Confidence'),
      numbers('If occupied'),
      numbers('If empty'),
      text('Remark'),
    ],
    rows: correlations.map((correlation) => correlationRow(correlation, names, format)),
  };
}

function correlationRow(correlation: Correlation, names: Names, format: Format): OverviewRow {
  const { entityId, coefficient, type, sampleCount, confidence, meanOccupied, meanUnoccupied, error, calculatedAt } = correlation;
  const isLikelihood = type === 'binary_likelihood';
  const mean = (value: number | null): OverviewCell =>
    value === null ? NOTHING : isLikelihood ? percent(value, format) : number(value, format);
  return [
    { ...entityCell(entityId, names), hint: `${entityId}, analysed ${format.moment(calculatedAt)}` },
    isLikelihood ? NOTHING : { ...number(coefficient, format), bar: coefficient },
    { text: isLikelihood ? 'likelihood' : (type ?? '–') },
    isLikelihood ? NOTHING : number(sampleCount, format),
    confidence === null ? NOTHING : percent(confidence, format),
    mean(meanOccupied),
    mean(meanUnoccupied),
    { text: error?.replaceAll('_', ' ') ?? '' },
  ];
}

/** null where the schema has no neighbours. */
export function neighbourTable({ area, relationships }: AreaOverview, format: Format): OverviewTable | null {
  const names = [...new Set([...area.adjacentAreas, ...relationships.map(({ relatedArea }) => relatedArea)])];
  if (names.length === 0) return null;
  return {
    id: 'neighbours',
    title: 'Neighbours',
    columns: [text('Area'), text('Adjacent'), text('Relationship'), numbers('Influence'), numbers('Distance')],
    rows: names.map((name): OverviewRow => {
      const known = relationships.find(({ relatedArea }) => relatedArea === name);
      return [
        areaCell(name),
        { text: area.adjacentAreas.includes(name) ? 'yes' : 'no' },
        { text: known?.type ?? '–' },
        known ? percent(known.influence, format) : NOTHING,
        known?.distance === null || known === undefined ? NOTHING : number(known.distance, format),
      ];
    }),
  };
}

/** null where the schema learns none. */
export function transitionTable({ transitions, learnsTransitions }: AreaOverview, format: Format): OverviewTable | null {
  if (!learnsTransitions) return null;
  const left = transitions.length - MOST_TRANSITIONS;
  return {
    id: 'transitions',
    title: 'Learned ways out',
    meaning:
      'Where people went from here, straight or through a third area, over all hours of the week. The share is of all who set out the same way.',
    columns: [text('From'), text('Through'), text('To'), numbers('Count'), numbers('Share', 'start')],
    rows: transitions
      .slice(0, MOST_TRANSITIONS)
      .map(({ from, through, to, count, share }): OverviewRow => [
        areaCell(from),
        through === null ? NOTHING : areaCell(through),
        areaCell(to),
        number(count, format),
        { ...percent(share, format), bar: share },
      ]),
    ...note(
      transitions.length === 0
        ? 'None was learned yet.'
        : left > 0 && `${format.number(left)} rarer ${left === 1 ? 'way is' : 'ways are'} left out.`,
    ),
  };
}

const text = (label: string): OverviewColumn => ({ label, align: 'start' });
const numbers = (label: string, bars?: OverviewColumn['bars']): OverviewColumn => ({
  label,
  align: 'end',
  ...(bars && { bars }),
});

function note(sentence: string | false): { note?: string } {
  return sentence === false ? {} : { note: sentence };
}

function entityCell(entityId: string, names: Names): OverviewCell {
  return { text: names.get(entityId) ?? entityId, hint: entityId, subject: { entity: entityId } };
}

function areaCell(area: string): OverviewCell {
  return { text: area, subject: { area } };
}

/** What SQLite holds in a column of numbers need not be one. */
function number(value: number, format: Format): OverviewCell {
  return Number.isFinite(value) ? { text: format.number(value), order: value } : { text: String(value) };
}

function percent(value: number, format: Format): OverviewCell {
  return Number.isFinite(value) ? { text: format.percent(value), order: value } : { text: String(value) };
}
