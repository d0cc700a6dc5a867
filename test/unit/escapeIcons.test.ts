import { expect, it } from 'vitest';
import { escapeIcons } from '../../src/vscode/escapeIcons';

it.each([
  ['/config/$(zap)/$(sync~spin).db', String.raw`/config/\$(zap)/\$(sync~spin).db`],
  ['/config/$5 (new)', '/config/$5 (new)'],
  ['$(no icon)', '$(no icon)'],
])('what would be an icon in %s is escaped', (text, escaped) => {
  expect(escapeIcons(text)).toBe(escaped);
});
