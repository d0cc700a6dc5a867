import type { Format } from '../format';
import { purposeHalfLife, purposeLabel } from '../purposes';
import { correlationTable, entityTable, neighbourTable, transitionTable } from './areaTables';
import type { AreaOverview } from './overviewFacts';
import type { OverviewFact, OverviewSection } from './overviewModel';

export interface AreaDescription {
  /** Friendly names by entity id. */
  readonly names: ReadonlyMap<string, string>;
  readonly format: Format;
}

/** The section of an area. */
export function describeArea(overview: AreaOverview, { names, format }: AreaDescription): OverviewSection {
  const { area } = overview;
  const facts: readonly OverviewFact[] = [
    { label: 'Purpose', value: purpose(area.purpose, format) },
    { label: 'Threshold', value: format.percent(area.threshold) },
    { label: 'Prior', value: prior(overview, format) },
  ];
  const tables = [
    entityTable(overview, names, format),
    correlationTable(overview, names, format),
    neighbourTable(overview, format),
    transitionTable(overview, format),
  ];
  return {
    id: `area:${area.areaName}`,
    title: area.areaName,
    area: area.areaName,
    facts,
    tables: tables.filter((table) => table !== null),
  };
}

function purpose(stored: string, format: Format): string {
  const halfLife = purposeHalfLife(stored);
  return halfLife === undefined ? purposeLabel(stored) : `${purposeLabel(stored)}, half-life ${format.duration(halfLife)}`;
}

function prior({ area, globalPrior }: AreaOverview, format: Format): string {
  if (!globalPrior) return area.areaPrior === null ? 'not learned yet' : format.percent(area.areaPrior);
  const { priorValue, intervalCount, dataPeriodStart, dataPeriodEnd, confidence } = globalPrior;
  const of = `${format.number(intervalCount)} occupied intervals from ${format.moment(dataPeriodStart)} to ${format.moment(dataPeriodEnd)}`;
  const sure = confidence === null ? '' : `, confidence ${format.percent(confidence)}`;
  return `${format.percent(priorValue)}, learned from ${of}${sure}`;
}
