import type { PlotWriter } from '../text/plotWriter';

/** Characters of a bar on either side of its middle, and of one that has none. */
const HALF = 6;
const WHOLE = 10;

/** Columns of the bars of a column. */
export function barColumns(bars: 'middle' | 'start'): number {
  return bars === 'middle' ? 2 * HALF + 1 : WHOLE;
}

/** Writes a bar of a length from −1 to 1, drawn to half a character. */
export function plotBar(writer: PlotWriter, length: number, bars: 'middle' | 'start'): void {
  if (bars === 'start') {
    const bar = rightwards(length, WHOLE);
    writer.write(bar, 'number').write(' '.repeat(WHOLE - bar.length));
    return;
  }
  const [left, right] = [leftwards(-length), rightwards(length, HALF)];
  writer
    .write(' '.repeat(HALF - left.length))
    .write(left, 'secondary')
    .write('│', 'faint')
    .write(right, 'active')
    .write(' '.repeat(HALF - right.length));
}

function rightwards(length: number, columns: number): string {
  const { full, hasHalf } = halves(length, columns);
  return '█'.repeat(full) + (hasHalf ? '▌' : '');
}

function leftwards(length: number): string {
  const { full, hasHalf } = halves(length, HALF);
  return (hasHalf ? '▐' : '') + '█'.repeat(full);
}

function halves(length: number, columns: number): { full: number; hasHalf: boolean } {
  const count = Math.round(Math.min(1, Math.max(0, length)) * columns * 2);
  return { full: Math.floor(count / 2), hasHalf: count % 2 === 1 };
}
