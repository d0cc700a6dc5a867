/** Columns of a name in a text view, whatever its letters are: an editor is told this width for a name whose letters are not even. */
export const NAME_COLUMNS = 21;

/** Letters that every font for code has, all of one width. */
const EVEN = /^[\u0020-\u024F\u0370-\u03FF\u0400-\u04FF…–→─│█▌▐]*$/;

/** Whether an editor draws each character of a text in one column. */
export function isEven(text: string): boolean {
  return EVEN.test(text);
}
