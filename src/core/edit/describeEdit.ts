import type { Format } from '../format';
import { editFields, valueText } from './editFields';
import { changedFields, editableValues, type EditableRow, type RowEdit } from './rowEdit';

/** `Threshold: 50 % → 42 %`, a line for each value that changes. */
export function describeChanges({ before, after }: RowEdit, format: Format): string[] {
  const [old, young] = [editableValues(before), editableValues(after)];
  const changed = new Set(changedFields(before, after));
  return editFields(before.kind)
    .filter(({ key }) => changed.has(key))
    .map(({ key, label }) => `${label}: ${valueText(key, old[key], format)} → ${valueText(key, young[key], format)}`);
}

/** `Threshold 42 %, Purpose …`: the values of a row as they are. */
export function describeValues(row: EditableRow, format: Format): string {
  const values = editableValues(row);
  return editFields(row.kind)
    .map(({ key, label }) => `${label}: ${valueText(key, values[key], format)}`)
    .join(', ');
}

/** What is odd about the row after an edit, though AOD allows it; undefined for most. */
export function oddity({ after: { kind, row } }: RowEdit): string | undefined {
  if (kind === 'area' || row.probGivenTrue > row.probGivenFalse) return undefined;
  return 'It would then be active no more often while the area is occupied than while it is not: being active would not speak for occupancy.';
}

/**
 * What Home Assistant does with such an edit. By AOD's code: load_data takes weight and likelihoods of an entity from the
 * database at its start, and nothing of an area but its priors; save_data writes all of them, each ten minutes in today's
 * releases, after each analysis, and when AOD stops.
 */
export function consequenceOf(kind: EditableRow['kind']): string {
  const save =
    'at its next save, which today’s releases do every ten minutes, after each hourly analysis and after a change of their configuration';
  if (kind === 'area') {
    return `Home Assistant does not read this back: it goes by its own configuration, and writes that here again ${save}. To change the area for good, configure Area Occupancy Detection in Home Assistant.`;
  }
  return `Home Assistant reads this when it starts, or reloads the integration. While it runs it writes its own value here again ${save}. So that the edit stays, make it while Home Assistant or the integration is stopped; later analyses may learn other likelihoods all the same.`;
}
