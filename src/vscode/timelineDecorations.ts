import * as vscode from 'vscode';
import type { PlotKind } from '../core/timeline/laneGlyphs';
import type { PlotSpan } from '../core/timeline/timelinePlot';

/** Colours of the theme alone, so that a timeline is right in every one. */
const styles: Readonly<Record<PlotKind, vscode.DecorationRenderOptions>> = {
  title: { fontWeight: 'bold' },
  // A run of its own, which the editor keeps apart from what follows where it is written from right to left.
  name: { color: color('editor.foreground') },
  faint: { color: color('descriptionForeground') },
  occupied: { color: color('charts.purple') },
  active: { color: color('charts.green') },
  secondary: { color: color('charts.yellow') },
  inactive: { color: color('charts.lines') },
  unknown: { color: color('disabledForeground') },
  overlap: { color: color('charts.red') },
  number: { color: color('charts.blue') },
  now: { color: color('charts.orange') },
};

export type TimelineDecorations = ReadonlyMap<PlotKind, vscode.TextEditorDecorationType>;

export function timelineDecorations(): TimelineDecorations {
  return new Map(
    Object.entries(styles).map(([kind, style]) => [kind as PlotKind, vscode.window.createTextEditorDecorationType(style)]),
  );
}

export function decorateTimeline(editor: vscode.TextEditor, decorations: TimelineDecorations, spans: readonly PlotSpan[]): void {
  for (const [kind, type] of decorations) {
    const ranges = spans
      .filter((span) => span.kind === kind)
      .map(({ line, start, end }) => new vscode.Range(line, start, line, end));
    editor.setDecorations(type, ranges);
  }
}

function color(id: string): vscode.ThemeColor {
  return new vscode.ThemeColor(id);
}
