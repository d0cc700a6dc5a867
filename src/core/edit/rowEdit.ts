import { LEAST, MOST } from '../database/saveEntity';
import type { Area, Entity } from '../model';

/** A row that can be edited, as it was read. */
export type EditableRow = { readonly kind: 'area'; readonly row: Area } | { readonly kind: 'entity'; readonly row: Entity };

export type FieldKey = 'purpose' | 'threshold' | 'weight' | 'probGivenTrue' | 'probGivenFalse';

/** What of a row can be edited. */
export type EditableValues = Readonly<Partial<Record<FieldKey, string | number>>>;

/** One edit: the row as the user saw it, and as it is to be. */
export interface RowEdit {
  readonly before: EditableRow;
  readonly after: EditableRow;
  /** `after` is the row as it was before an earlier edit; its time of change comes back as well where nobody touched the row since. */
  readonly isUndo?: boolean;
}

/** What an edit did: wrote, where `edit` has the rows as they truly were and are; or nothing, since the row was another by then. */
export type EditResult =
  | { readonly outcome: 'written'; readonly edit: RowEdit }
  /** `now` is null where the row is gone. */
  | { readonly outcome: 'changed'; readonly now: EditableRow | null };

export function editableValues({ kind, row }: EditableRow): EditableValues {
  if (kind === 'area') return { purpose: row.purpose, threshold: row.threshold };
  return { weight: row.weight, probGivenTrue: row.probGivenTrue, probGivenFalse: row.probGivenFalse };
}

/** The row with other values, as it is stored then: saving an entity brings each of its numbers within AOD's bounds. */
export function withValues(of: EditableRow, values: EditableValues): EditableRow {
  if (of.kind === 'area') {
    const { purpose = of.row.purpose, threshold = of.row.threshold } = values;
    return { kind: 'area', row: { ...of.row, purpose: String(purpose), threshold: Number(threshold) } };
  }
  const { weight, probGivenTrue, probGivenFalse } = { ...editableValues(of), ...values };
  const numbers = {
    weight: bounded(weight),
    probGivenTrue: bounded(probGivenTrue),
    probGivenFalse: bounded(probGivenFalse),
  };
  return { kind: 'entity', row: { ...of.row, ...numbers } };
}

function bounded(value: string | number | undefined): number {
  return Math.min(MOST, Math.max(LEAST, Number(value)));
}

/** The fields whose values differ. */
export function changedFields(before: EditableRow, after: EditableRow): FieldKey[] {
  const [old, young] = [editableValues(before), editableValues(after)];
  return (Object.keys(old) as FieldKey[]).filter((key) => old[key] !== young[key]);
}

/** The edit that takes this one back. */
export function undoOf({ before, after }: RowEdit): RowEdit {
  return { before: after, after: before, isUndo: true };
}

/** What the row is called. */
export function nameOf({ kind, row }: EditableRow): string {
  return kind === 'area' ? row.areaName : row.entityId;
}
