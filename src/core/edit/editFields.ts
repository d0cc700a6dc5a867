import { LEAST, MOST } from '../database/saveEntity';
import { isOccupancyError, InvalidDataError } from '../errors';
import type { Format } from '../format';
import { purposeHalfLife, purposeLabel, purposes } from '../purposes';
import type { EditableRow, FieldKey } from './rowEdit';

/** A field that is edited: a choice, or a number between two bounds. */
export interface EditField {
  readonly key: FieldKey;
  readonly label: string;
  /** What the value does, in a sentence. */
  readonly meaning: string;
  /** Of a number, 0–1; none for a choice. */
  readonly bounds?: { readonly least: number; readonly most: number };
}

const share = { least: LEAST, most: MOST };

const fields: Readonly<Record<EditableRow['kind'], readonly EditField[]>> = {
  area: [
    { key: 'purpose', label: 'Purpose', meaning: 'Says how soon occupancy fades when nothing moves any more.' },
    {
      key: 'threshold',
      label: 'Threshold',
      meaning: 'The area counts as occupied from this probability on.',
      bounds: { least: 0, most: 1 },
    },
  ],
  entity: [
    { key: 'weight', label: 'Weight', meaning: 'How much the entity counts beside the others.', bounds: share },
    {
      key: 'probGivenTrue',
      label: 'Active when occupied',
      meaning: 'How often it is active while the area is occupied (prob_given_true).',
      bounds: share,
    },
    {
      key: 'probGivenFalse',
      label: 'Active when not occupied',
      meaning: 'How often it is active while the area is not occupied (prob_given_false).',
      bounds: share,
    },
  ],
};

/** What can be edited of a row of this kind: every schema has these. */
export function editFields(kind: EditableRow['kind']): readonly EditField[] {
  return fields[kind];
}

/** A value as the user reads it. */
export function valueText(key: FieldKey, value: string | number | undefined, format: Format): string {
  if (typeof value !== 'number') return purposeText(String(value), format);
  return key === 'weight' ? format.number(value) : format.percent(value);
}

function purposeText(purpose: string, format: Format): string {
  const halfLife = purposeHalfLife(purpose);
  return halfLife === undefined ? purpose : `${purposeLabel(purpose)}, half-life ${format.duration(halfLife)}`;
}

/** Every purpose that AOD knows. */
export function knownPurposes(): readonly string[] {
  return Object.keys(purposes);
}

/** Reads `0.52`, `0,52` and `52 %`. Throws InvalidDataError for what is no number, and for one out of bounds. */
export function parseShare(text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const [, digits, percent] = /^\s*([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*(%?)\s*$/.exec(text) ?? [];
  const range = `Give a number from ${least} to ${most}, or as percent: 0.5 or 50 %.`;
  if (digits === undefined) throw new InvalidDataError('This is no number.', range);
  const number = Number(digits.replace(',', '.'));
  // Not a division alone: 52.1 % is to be 0.521, and no 0.5210000000000001.
  const value = percent ? Number((number / 100).toPrecision(15)) : number;
  if (value >= least && value <= most) return value;
  throw new InvalidDataError(`${text.trim()} is out of bounds.`, range);
}

/** What is wrong with a text for a number, as a sentence; undefined when it is right. */
export function shareProblem(text: string, bounds: { readonly least: number; readonly most: number }): string | undefined {
  try {
    parseShare(text, bounds);
    return undefined;
  } catch (error) {
    return isOccupancyError(error) ? `${error.message} ${error.nextStep}` : String(error);
  }
}
