/** `text` for a place where VS Code draws `$(name)` as an icon, such as a quick pick: names and paths of the user are no markup. */
export function escapeIcons(text: string): string {
  return text.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, String.raw`\$&`);
}
