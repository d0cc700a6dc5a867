/** Makes an element. Texts come from the user's database: they are set as text, never as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

export function button(properties: Partial<HTMLButtonElement>, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...properties });
  made.addEventListener('click', press);
  return made;
}
