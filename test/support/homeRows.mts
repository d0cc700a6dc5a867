// The rows that describe a home, as AOD writes them: one object a row, its keys the column names.
import { SHARED_ENTRY_ID, type Home, type HomeArea, type HomeEntity } from './home.mts';
import type { Random } from './random.mts';

export type Row = Readonly<Record<string, string | number | null>>;

export function areaRow(area: HomeArea, legacy: boolean, now: string, random: Random): Row {
  const { entryId, areaName, areaId, purpose, threshold, adjacentAreas } = area;
  const shared = {
    entry_id: entryId,
    area_name: areaName,
    area_id: areaId,
    purpose,
    threshold,
    created_at: now,
    updated_at: now,
  };
  if (legacy) return { ...shared, area_prior: 0.1 + random.next() * 0.4 };
  return { ...shared, adjacent_areas: pythonJson(adjacentAreas.length > 0 ? adjacentAreas : null) };
}

/** JSON as Python's json.dumps writes it: ASCII only, a space after commas, and the text `null` for None. */
function pythonJson(value: readonly string[] | null): string {
  const quoted = value?.map((text) =>
    JSON.stringify(text).replaceAll(/[^\0-\u007F]/g, (char) => String.raw`\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  return quoted ? `[${quoted.join(', ')}]` : 'null';
}

export function entityRows(entity: HomeEntity, legacy: boolean, now: string, random: Random): Row[] {
  const areas = [entity.area, ...entity.sharedWith];
  const learned = {
    entity_id: entity.entityId,
    entity_type: entity.entityType,
    weight: entity.entityType === 'motion' ? 0.99 : random.whole(10, 60) / 100,
    prob_given_true: random.whole(20, 95) / 100,
    prob_given_false: random.whole(1, 20) / 100,
    last_updated: now,
    created_at: now,
    is_decaying: 0,
    decay_start: null,
    evidence: random.whole(0, 1),
  };
  return areas.map((area) => {
    const others = areas.filter((other) => other !== area).map(({ areaName }) => areaName);
    const row = { entry_id: area.entryId, ...learned };
    if (legacy) return row;
    return {
      ...row,
      area_name: area.areaName,
      is_shared: others.length > 0 ? 1 : 0,
      shared_with_areas: pythonJson(others.length > 0 ? others : null),
    };
  });
}

/** A bedroom is in use at night, any other area by day and longer at the weekend; `chance` (0–1) makes no two hours alike. */
function learnedPrior(purpose: string, slot: number, chance: number): number {
  const [day, hour] = [Math.floor(slot / 24), slot % 24];
  const wave = (peak: number, width: number): number => Math.exp(-(((hour - peak) / width) ** 2));
  const awake = Math.max(wave(7, 1.5), wave(day > 4 ? 14 : 12, day > 4 ? 5 : 2) * 0.7, wave(19, 3));
  const use = purpose === 'sleeping' ? 1 - wave(14, 7) : awake;
  return Math.min(0.9, Math.max(0.03, Math.round(use * (0.5 + chance * 0.5) * 900) / 1000));
}

export function priorRows(area: HomeArea, legacy: boolean, from: string, now: string, random: Random): Row[] {
  const rows: Row[] = [];
  for (let slot = 0; slot < 168; slot += 1) {
    // Today's AOD leaves out the hours it has learned nothing of.
    if (!legacy && random.whole(1, 12) === 1) continue;
    const shared = {
      entry_id: area.entryId,
      day_of_week: Math.floor(slot / 24),
      time_slot: slot % 24,
      prior_value: learnedPrior(area.purpose, slot, random.next()),
      data_points: random.whole(1, 4),
      last_updated: now,
    };
    const calculated = { confidence: 1, last_calculation_date: now, sample_period_start: from, sample_period_end: now };
    rows.push(legacy ? shared : { ...shared, area_name: area.areaName, ...calculated, calculation_method: 'interval_analysis' });
  }
  return rows;
}

export function correlationRow(entity: HomeEntity, from: string, now: string, random: Random): Row {
  const coefficient = Math.round((random.next() - 0.3) * 1000) / 1000;
  const strong = Math.abs(coefficient) > 0.25;
  return {
    entry_id: entity.area.entryId,
    area_name: entity.area.areaName,
    entity_id: entity.entityId,
    input_type: entity.entityType,
    correlation_coefficient: coefficient,
    correlation_type: strong ? (coefficient > 0 ? 'positive' : 'negative') : 'none',
    analysis_period_start: from,
    analysis_period_end: now,
    sample_count: random.whole(100, 900),
    confidence: Math.abs(coefficient),
    mean_value_when_occupied: random.next() * 10 + 20,
    mean_value_when_unoccupied: random.next() * 10 + 18,
    std_dev_when_occupied: random.next(),
    std_dev_when_unoccupied: random.next(),
    threshold_active: strong ? 21.8 : null,
    threshold_inactive: strong ? 19.9 : null,
    analysis_error: strong ? null : 'no_correlation',
    calculation_date: now,
    created_at: now,
    updated_at: now,
  };
}

export function transitionRows(home: Home, now: string, random: Random): Row[] {
  return home.areas.flatMap((area) =>
    area.adjacentAreas.map((to) => ({
      entry_id: SHARED_ENTRY_ID,
      from_area: area.areaName,
      mid_area: '',
      to_area: to,
      hour_of_week: random.whole(0, 167),
      count: random.whole(1, 9),
      smoothed_prob: null,
      updated_at: now,
    })),
  );
}
