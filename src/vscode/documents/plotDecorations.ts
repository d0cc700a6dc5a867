import * as vscode from 'vscode';
import { NAME_COLUMNS } from '../../core/text/evenText';
import type { PlotKind } from '../../core/text/plotKind';
import type { PlotSpan } from '../../core/text/plotSpan';
import { colorIds } from '../ids';

/** Colours of the theme alone, so that a plot is right in every one. */
const styles: Readonly<Record<PlotKind, vscode.DecorationRenderOptions>> = {
  title: { fontWeight: 'bold' },
  name: {},
  unevenName: { textDecoration: ofWidth(NAME_COLUMNS) },
  faint: { color: color('descriptionForeground') },
  occupied: { color: color('charts.purple') },
  active: { color: color('charts.green') },
  secondary: { color: color('charts.yellow') },
  inactive: { color: color('charts.lines') },
  unknown: { color: color('disabledForeground') },
  overlap: { color: color('charts.red') },
  number: { color: color('charts.blue') },
  now: { color: color('charts.red') },
  heat0: {},
  heat1: { backgroundColor: color(colorIds.heat1) },
  heat2: { backgroundColor: color(colorIds.heat2) },
  heat3: { backgroundColor: color(colorIds.heat3) },
  heat4: { backgroundColor: color(colorIds.heat4) },
  more: { color: color('charts.blue') },
  // Not orange, which high contrast themes have transparent.
  less: { color: color('charts.yellow') },
  bar: { color: color('charts.purple') },
};

export type PlotDecorations = ReadonlyMap<PlotKind, vscode.TextEditorDecorationType>;

export function plotDecorations(): PlotDecorations {
  return new Map(
    Object.entries(styles).map(([kind, style]) => [kind as PlotKind, vscode.window.createTextEditorDecorationType(style)]),
  );
}

export function decoratePlot(editor: vscode.TextEditor, decorations: PlotDecorations, spans: readonly PlotSpan[]): void {
  for (const [kind, type] of decorations) {
    const ranges = spans
      .filter((span) => span.kind === kind)
      .map(({ line, start, end }) => new vscode.Range(line, start, line, end));
    editor.setDecorations(type, ranges);
  }
}

/**
 * Gives text a width of so many characters. Scripts that the editor's font lacks come from another one, and their width would move
 * the columns after it. There is no option for that; a text decoration takes any style along.
 */
function ofWidth(columns: number): string {
  return `none; display: inline-block; width: ${columns}ch; overflow: hidden; vertical-align: top`;
}

function color(id: string): vscode.ThemeColor {
  return new vscode.ThemeColor(id);
}
