import * as vscode from 'vscode';
import { oddity } from '../../core/edit/describeEdit';
import { editFields, knownPurposes, parseShare, shareProblem, valueText, type EditField } from '../../core/edit/editFields';
import { editableValues, nameOf, withValues, type EditableRow } from '../../core/edit/rowEdit';
import type { Format } from '../../core/format';
import { purposeHalfLife, purposeLabel } from '../../core/purposes';
import { escapeIcons } from '../escapeIcons';

/** Asks which value of a row is to be another, and for it. @returns the row with it; undefined when the user cancels */
export async function askForValue(row: EditableRow, format: Format): Promise<EditableRow | undefined> {
  const field = await pickField(row, format);
  if (!field) return undefined;
  const value = await (field.bounds ? typeShare(row, field, field.bounds) : pickPurpose(row, field, format));
  return value === undefined ? undefined : withValues(row, { [field.key]: value });
}

async function pickField(row: EditableRow, format: Format): Promise<EditField | undefined> {
  const values = editableValues(row);
  const items = editFields(row.kind).map((field) => ({
    label: field.label,
    description: valueText(field.key, values[field.key], format),
    detail: field.meaning,
    field,
  }));
  const title = vscode.l10n.t('Edit {0}', nameOf(row));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('What to change') }))?.field;
}

async function pickPurpose(row: EditableRow, { key, label, meaning }: EditField, format: Format): Promise<string | undefined> {
  const now = editableValues(row)[key];
  const items = knownPurposes().map((purpose) => ({
    label: escapeIcons(purposeLabel(purpose)),
    description: [
      vscode.l10n.t('half-life {0}', format.duration(purposeHalfLife(purpose) ?? 0)),
      ...(purpose === now ? [vscode.l10n.t('the value now')] : []),
    ].join(' · '),
    purpose,
  }));
  const title = `${nameOf(row)}: ${label}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder: meaning }))?.purpose;
}

async function typeShare(
  row: EditableRow,
  { key, label, meaning }: EditField,
  bounds: NonNullable<EditField['bounds']>,
): Promise<number | undefined> {
  const now = editableValues(row)[key];
  const { least, most } = bounds;
  const text = await vscode.window.showInputBox({
    title: `${nameOf(row)}: ${label}`,
    prompt: vscode.l10n.t('{0} From {1} to {2}, or as percent.', meaning, least, most),
    value: String(now),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const problem = shareProblem(typed, bounds);
      if (problem !== undefined) return problem;
      const value = parseShare(typed, bounds);
      if (value === now) return remark(vscode.l10n.t('This is the value now.'), vscode.InputBoxValidationSeverity.Info);
      const odd = oddity({ before: row, after: withValues(row, { [key]: value }) });
      return odd === undefined ? undefined : remark(odd, vscode.InputBoxValidationSeverity.Warning);
    },
  });
  return text === undefined ? undefined : parseShare(text, bounds);
}

function remark(message: string, severity: vscode.InputBoxValidationSeverity): vscode.InputBoxValidationMessage {
  return { message, severity };
}
