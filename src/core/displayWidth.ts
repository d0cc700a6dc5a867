const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian wide and full-width characters, and what is drawn as an emoji. */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\uFE0F/u;

/** Marks that stand for nothing by themselves. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** What would break a line or turn its direction: controls, separators of lines, and the marks of bidirectional text. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** Columns that a text takes where every character has one and wide ones have two. */
export function displayWidth(text: string): number {
  return [...graphemes.segment(text)].reduce((width, { segment }) => width + graphemeWidth(segment), 0);
}

/** `text` in exactly `columns` columns: cut with an ellipsis where it is longer, filled with spaces where it is shorter. */
export function fitTo(text: string, columns: number): string {
  const printable = text.replaceAll(UNPRINTABLE, ' ').trim();
  const width = displayWidth(printable);
  if (width <= columns) return printable + ' '.repeat(columns - width);
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(printable)) {
    used += graphemeWidth(segment);
    if (used > columns - 1) return `${kept}…${' '.repeat(columns - 1 - displayWidth(kept))}`;
    kept += segment;
  }
  return kept;
}

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}
