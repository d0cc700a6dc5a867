// The home that test and demo databases describe: its areas, and the entities in them.

export interface HomeArea {
  readonly areaName: string;
  readonly areaId: string;
  readonly entryId: string;
  readonly purpose: string;
  readonly threshold: number;
  readonly adjacentAreas: readonly string[];
}

export interface HomeEntity {
  readonly entityId: string;
  readonly entityType: string;
  /** The area that its intervals are booked on. */
  readonly area: HomeArea;
  /** Areas that list the entity too. */
  readonly sharedWith: readonly HomeArea[];
}

export interface Home {
  readonly areas: readonly HomeArea[];
  readonly entities: readonly HomeEntity[];
}

const ROOMS: readonly (readonly [name: string, purpose: string, threshold: number])[] = [
  ['Living Room', 'social', 0.52],
  ['Kitchen', 'food_prep', 0.5],
  ['Hallway', 'passageway', 0.4],
  ['Büro', 'working', 0.5],
  ['Bedroom', 'sleeping', 0.6],
  ['Bathroom', 'bathroom', 0.45],
  ['Dining Room', 'eating', 0.5],
  ['Media Room', 'relaxing', 0.55],
  ['Garage', 'garage', 0.5],
  ['Utility Room', 'utility', 0.5],
  ['Garden', 'garden', 0.5],
  ['Driveway', 'driveway', 0.5],
];

const TYPES = [
  'door',
  'temperature',
  'media',
  'appliance',
  'humidity',
  'illuminance',
  'window',
  'power',
  'co2',
  'cover',
  'motion',
  'voc',
];

const DOMAINS: Readonly<Record<string, string>> = { media: 'media_player', appliance: 'switch', cover: 'cover' };
const BINARY = new Set(['motion', 'door', 'window']);

function slug(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, (run) => (/\p{M}/u.test(run) ? '' : '_'));
}

/** From v16 on, all areas belong to one config entry; before, each area is its own. */
export const SHARED_ENTRY_ID = '01JAODHOMEENTRY00000000000';

export function planHome(areaCount: number, entityCount: number, legacy: boolean): Home {
  const names = Array.from({ length: areaCount }, (_, index) => ROOMS[index]?.[0] ?? `Room ${index + 1}`);
  const areas = names.map((areaName, index): HomeArea => {
    const [, purpose = 'social', threshold = 0.5] = ROOMS[index] ?? [];
    const entryId = legacy ? `01JAODAREA${String(index).padStart(2, '0')}00000000000000` : SHARED_ENTRY_ID;
    const neighbours = [names[index - 1], names[index + 1]].filter((name) => name !== undefined);
    return { areaName, areaId: legacy ? entryId : slug(areaName), entryId, purpose, threshold, adjacentAreas: neighbours };
  });
  const taken = new Set<string>();
  const entities = Array.from({ length: entityCount }, (_, index): HomeEntity => {
    const area = areas[index % areaCount]!;
    const entityType = index < areaCount ? 'motion' : TYPES[(index - areaCount) % TYPES.length]!;
    const domain = DOMAINS[entityType] ?? (BINARY.has(entityType) ? 'binary_sensor' : 'sensor');
    const base = `${domain}.${slug(area.areaName)}_${entityType}`;
    let entityId = base;
    for (let number = 2; taken.has(entityId); number += 1) entityId = `${base}_${number}`;
    taken.add(entityId);
    // A light sensor serves two areas, as AOD's shared entities do.
    const shared = entityType === 'illuminance' && areaCount > 1;
    return { entityId, entityType, area, sharedWith: shared ? [areas[(index + 1) % areaCount]!] : [] };
  });
  return { areas, entities };
}
