import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../setup/paths.mts';

/** What VS Code writes into a page for a theme, as far as views use it. */
export interface Theme {
  readonly kind: 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast' | 'vscode-high-contrast-light';
  readonly colors: Readonly<Record<string, string>>;
}

const charts = {
  'charts-red': '#d13438',
  'charts-blue': '#3794ff',
  'charts-yellow': '#b89500',
  'charts-orange': '#d18616',
  'charts-green': '#388a34',
  'charts-purple': '#652d90',
};

interface OwnColor {
  readonly id: string;
  readonly defaults: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { contributes: { colors: readonly OwnColor[] } };

/** Which default of a colour of ours a kind of theme has. */
const defaultsOf: Readonly<Record<Theme['kind'], string>> = {
  'vscode-dark': 'dark',
  'vscode-light': 'light',
  'vscode-high-contrast': 'highContrast',
  'vscode-high-contrast-light': 'highContrastLight',
};

function ownColors(kind: Theme['kind']): Record<string, string> {
  const colors = manifest.contributes.colors.map(({ id, defaults }) => [id.replace('.', '-'), defaults[defaultsOf[kind]] ?? '']);
  return Object.fromEntries(colors);
}

function theme(kind: Theme['kind'], background: string, foreground: string, more: Readonly<Record<string, string>>): Theme {
  return {
    kind,
    colors: {
      ...charts,
      ...ownColors(kind),
      'editor-background': background,
      'editor-foreground': foreground,
      foreground,
      'charts-lines': `${foreground}80`,
      'charts-foreground': foreground,
      'font-family': 'sans-serif',
      'font-size': '13px',
      'editor-font-family': 'monospace',
      'editor-font-size': '14px',
      'input-background': background,
      'input-foreground': foreground,
      'dropdown-background': background,
      'dropdown-foreground': foreground,
      ...more,
    },
  };
}

const contrast = { contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', focusBorder: '#f38518' };

export const themes = {
  dark: theme('vscode-dark', '#1f1f1f', '#cccccc', {
    descriptionForeground: '#9d9d9d',
    disabledForeground: '#cccccc80',
    focusBorder: '#0078d4',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'panel-border': '#2b2b2b',
    'widget-border': '#313131',
    'charts-purple': '#b180d7',
    'charts-green': '#89d185',
    'textLink-foreground': '#4daafc',
    'list-hoverBackground': '#2a2d2e',
    'editorHoverWidget-background': '#202020',
    'editorHoverWidget-foreground': '#cccccc',
    'editorHoverWidget-border': '#454545',
  }),
  light: theme('vscode-light', '#ffffff', '#3b3b3b', {
    descriptionForeground: '#3b3b3b',
    disabledForeground: '#61616180',
    focusBorder: '#005fb8',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'panel-border': '#e5e5e5',
    'widget-border': '#e5e5e5',
    'textLink-foreground': '#005fb8',
    'list-hoverBackground': '#f2f2f2',
    'editorHoverWidget-background': '#f8f8f8',
    'editorHoverWidget-foreground': '#3b3b3b',
    'editorHoverWidget-border': '#c8c8c8',
  }),
  contrastDark: theme('vscode-high-contrast', '#000000', '#ffffff', contrast),
  contrastLight: theme('vscode-high-contrast-light', '#ffffff', '#292929', {
    ...contrast,
    contrastBorder: '#0f4a85',
    contrastActiveBorder: '#006bbd',
    focusBorder: '#006bbd',
  }),
} as const satisfies Readonly<Record<string, Theme>>;
