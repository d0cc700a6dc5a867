/** Calls back after VS Code's theme changed: what is drawn on a canvas must be drawn anew, the rest follows by itself. */
export function onThemeChange(listener: () => void): void {
  // VS Code writes the theme's colours into the style of the root, and its kind into the class of the body.
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}

/** A colour of VS Code's theme as CSS writes it, such as `charts-green`; the text's own where the theme has none. */
export function themeColor(name: string): string {
  const style = getComputedStyle(document.body);
  return style.getPropertyValue(`--vscode-${name}`).trim() || style.color;
}
