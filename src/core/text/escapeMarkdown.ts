/** A text as Markdown that shows just that, on one line and also in a table's cell. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()#+!|~<>&-]/g, (character) =>
      /[<>&]/.test(character) ? `&#${character.codePointAt(0)};` : `\\${character}`,
    );
}
