import { InvalidDataError } from '../errors';
import type { FriendlyNames } from '../friendlyNames';
import type { Area, Entity } from '../model';
import { purposeLabel } from '../purposes';
import { fitList } from './fitList';
import { isoTime, optionalCount, optionalText, type ToolInput } from './toolInput';

export interface HomeFacts {
  readonly areas: readonly Area[];
  readonly entities: readonly Entity[];
  readonly names: FriendlyNames;
}

const MOST_AREAS = 50;

/** Areas by name, one with its entities where it is named. Throws InvalidDataError for an area that is not there. */
export function areasAnswer({ areas, entities, names }: HomeFacts, input: ToolInput): object {
  const name = optionalText(input, 'area');
  const after = optionalText(input, 'after');
  const limit = optionalCount(input, 'limit', 20, MOST_AREAS);
  const of = (area: Area): Entity[] =>
    entities.filter(({ areaName, entryId }) => areaName === area.areaName && entryId === area.entryId);
  if (name !== undefined) {
    const found = findArea(areas, name);
    const all = of(found).map((entity) => entityFacts(entity, names));
    const rest = following(all, after, ({ entity }) => entity);
    const kept = fitList(rest, limit);
    return {
      ...areaFacts(found, all.length),
      entities: kept,
      ...omitted(rest.length - kept.length, kept.at(-1)?.entity, 'entities'),
    };
  }
  const rest = following(areas, after, ({ areaName }) => areaName);
  const kept = fitList(
    rest.map((area) => areaFacts(area, of(area).length)),
    limit,
  );
  return { areas: kept, ...omitted(rest.length - kept.length, kept.at(-1)?.area, 'areas') };
}

/** By its name, whatever the case, or Home Assistant's id. Throws InvalidDataError that names those there are. */
export function findArea(areas: readonly Area[], name: string): Area {
  const folded = name.trim().toLowerCase();
  const found =
    areas.find(({ areaName }) => areaName === name) ??
    areas.find(({ areaName, areaId }) => [areaName.toLowerCase(), areaId.toLowerCase()].includes(folded));
  if (found) return found;
  const known = fitList(
    areas.map(({ areaName }) => areaName),
    MOST_AREAS,
  );
  throw new InvalidDataError(`There is no area “${name}”.`, `The areas are: ${known.join(', ')}. Pass one of these names.`);
}

function areaFacts(area: Area, entityCount: number) {
  return {
    area: area.areaName,
    purpose: purposeLabel(area.purpose),
    threshold: area.threshold,
    learnedPrior: area.areaPrior,
    adjacentAreas: area.adjacentAreas,
    entityCount,
    updatedAt: isoTime(area.updatedAt),
  };
}

function entityFacts(entity: Entity, names: FriendlyNames) {
  return {
    entity: entity.entityId,
    name: names.entities.get(entity.entityId) ?? null,
    type: entity.entityType,
    weight: entity.weight,
    probGivenTrue: entity.probGivenTrue,
    probGivenFalse: entity.probGivenFalse,
    active: entity.evidence,
    sharedWithAreas: entity.sharedWithAreas,
    updatedAt: isoTime(entity.lastUpdated),
  };
}

function following<T>(items: readonly T[], after: string | undefined, key: (item: T) => string): readonly T[] {
  if (after === undefined) return items;
  const index = items.findIndex((item) => key(item) === after);
  if (index !== -1) return items.slice(index + 1);
  throw new InvalidDataError(`\`after\` (${after}) is not there.`, 'Pass the last name of the answer before, or leave it out.');
}

/** What was left out, and how to ask for it. */
function omitted(count: number, last: string | undefined, what: string): object {
  if (count === 0 || last === undefined) return {};
  return { omitted: { count, how: `Call again with the same input and "after": ${JSON.stringify(last)} for the next ${what}.` } };
}
