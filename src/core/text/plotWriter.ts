import type { Glyph, PlotKind } from './plotKind';
import type { PlotSpan } from './plotSpan';

/** Writes lines, and notes what their parts are. */
export class PlotWriter {
  readonly #lines: string[] = [''];
  readonly spans: PlotSpan[] = [];

  /** Place of the next character: line, and UTF-16 units. */
  get place(): { line: number; character: number } {
    return { line: this.#lines.length - 1, character: this.#lines.at(-1)?.length ?? 0 };
  }

  get text(): string {
    return this.#lines.map((line) => line.trimEnd()).join('\n');
  }

  write(text: string, kind?: PlotKind): this {
    const { line, character: start } = this.place;
    this.#lines[line] += text;
    if (kind && text !== '') this.spans.push({ line, start, end: start + text.length, kind });
    return this;
  }

  /** Notes what the characters just written are besides: `units` of them, in UTF-16 units, from the `back`th on counted from the end. */
  mark(back: number, units: number, kind: PlotKind): this {
    const { line, character } = this.place;
    this.spans.push({ line, start: character - back, end: character - back + units, kind });
    return this;
  }

  /** Neighbours of the same kind become one span. */
  writeGlyphs(glyphs: readonly (Glyph | null)[]): this {
    let run = '';
    let kind: PlotKind | undefined;
    for (const glyph of glyphs) {
      if (glyph?.kind !== kind) {
        this.write(run, kind);
        run = '';
        kind = glyph?.kind;
      }
      run += glyph?.text ?? ' ';
    }
    return this.write(run, kind);
  }

  endLine(): this {
    this.#lines.push('');
    return this;
  }
}
