import { existsSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colorIds, commandIds, contextKeys, documentSchemes, settingIds, viewIds, viewTypes } from '../../src/vscode/ids';

const root = join(import.meta.dirname, '../..');

interface Menu {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly main: string;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly icon?: string;
      readonly enablement?: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string; readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly keybindings: readonly (Menu & { readonly key: string })[];
    readonly customEditors: readonly object[];
    readonly languages: readonly { readonly id: string }[];
    readonly configurationDefaults: Readonly<Record<string, unknown>>;
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<
          string,
          { readonly default?: unknown; readonly markdownDescription?: string; readonly order?: number; readonly scope?: string }
        >
      >;
    }[];
  };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { activationEvents } = manifest;
const { commands, views, viewsWelcome, menus, keybindings, languages, customEditors } = manifest.contributes;
const { configurationDefaults, configuration, colors } = manifest.contributes;
const settings = Object.assign(
  {},
  ...configuration.map(({ properties }) => properties),
) as (typeof configuration)[number]['properties'];

describe('package.json', () => {
  it('declares the commands of the code, and no others', () => {
    expect(commands.map(({ command }) => command).toSorted()).toEqual(Object.values(commandIds).toSorted());
  });

  it('declares the views of the code, and no others', () => {
    const declared = Object.values(views).flat();
    expect(declared.map(({ id }) => id).toSorted()).toEqual(Object.values(viewIds).toSorted());
  });

  it('declares the settings of the code, and no others', () => {
    expect(Object.keys(settings).toSorted()).toEqual(Object.values(settingIds).toSorted());
  });

  it('declares the colours of the code, with one for each kind of theme', () => {
    expect(colors.map(({ id }) => id)).toEqual(Object.values(colorIds));
    const kinds = ['dark', 'light', 'highContrast', 'highContrastLight'];
    for (const { defaults } of colors) expect(Object.keys(defaults)).toEqual(kinds);
  });

  it('gives every setting a default, a description, an order and a scope', () => {
    const lacking = Object.entries(settings).filter(
      ([, { default: value, markdownDescription, order, scope }]) =>
        value === undefined || !markdownDescription || !order || !scope,
    );
    expect(lacking).toEqual([]);
  });

  it('gives every command the category, and menus only known commands', () => {
    expect(commands.filter(({ category }) => category !== 'Area Occupancy')).toEqual([]);
    const known = new Set<string>(Object.values(commandIds));
    const used = [...Object.values(menus).flat(), ...keybindings];
    expect(used.filter(({ command }) => !known.has(command))).toEqual([]);
  });

  it('uses in when clauses only keys that the code sets or rows carry', async () => {
    const conditional = [...Object.values(menus).flat(), ...Object.values(views).flat(), ...viewsWelcome];
    const clauses = [...conditional.map(({ when = '' }) => when), ...commands.map(({ enablement = '' }) => enablement)];
    const keys = new Set(clauses.flatMap((when) => when.match(/areaOccupancy\.[a-zA-Z]+/g) ?? []));
    const known = new Set<string>([...Object.values(contextKeys), ...Object.values(viewIds), ...Object.values(viewTypes)]);
    expect([...keys].filter((key) => !known.has(key))).toEqual([]);

    const abilities = new Set(clauses.flatMap((when) => [...when.matchAll(/\\b(can\w+?)\\b/g)].map(([, ability]) => ability)));
    let presented = '';
    for await (const file of glob('src/core/tree/present*.ts', { cwd: root }))
      presented += readFileSync(join(root, file), 'utf8');
    expect([...abilities].filter((ability) => !presented.includes(`'${ability}'`))).toEqual([]);
    expect(abilities.size).toBeGreaterThan(3);
  });

  it('binds single letters in our documents alone, and sets the editor up for their languages', () => {
    const schemes = Object.values(documentSchemes);
    const ours = schemes.map((scheme) => `editorTextFocus && resourceScheme == ${scheme}`);
    expect(keybindings.length).toBeGreaterThan(0);
    for (const { when } of keybindings) expect(ours).toContain(when);
    expect(languages.map(({ id }) => id)).toEqual(schemes);
    expect(Object.keys(configurationDefaults)).toEqual(schemes.map((scheme) => `[${scheme}]`));
  });

  it('is activated by the documents and panels that VS Code restores', () => {
    const restored = [
      ...Object.values(documentSchemes).map((scheme) => `onFileSystem:${scheme}`),
      ...Object.values(viewTypes).map((type) => `onWebviewPanel:${type}`),
    ];
    expect(activationEvents.filter((event) => !event.startsWith('workspaceContains:')).toSorted()).toEqual(restored.toSorted());
  });

  it('offers an overview to those who reopen the database, and opens none by itself', () => {
    const selector = [{ filenamePattern: 'area_occupancy.db' }];
    const displayName = expect.any(String);
    expect(customEditors).toEqual([{ viewType: viewTypes.overview, displayName, selector, priority: 'option' }]);
  });

  it('shows in the palette only what works without a row', () => {
    const hidden = (menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command);
    expect(hidden.toSorted()).toEqual(
      [commandIds.copyEntityId, commandIds.loadMore, commandIds.revealFinding, commandIds.showIntervals].toSorted(),
    );
  });

  it('links in welcome texts only to known commands', () => {
    const links = viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/command:([\w.]+)/g)].map(([, id]) => id));
    const known = new Set<string | undefined>([...Object.values(commandIds), 'workbench.action.openSettings']);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((id) => !known.has(id))).toEqual([]);
  });

  it('leads newcomers by steps that known commands, views and keys complete', () => {
    const known = new Set<string>([
      ...Object.values(commandIds).map((id) => `onCommand:${id}`),
      ...Object.values(viewIds).map((id) => `onView:${id}`),
      ...Object.values(contextKeys).map((key) => `onContext:${key}`),
    ]);
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    expect(steps.length).toBeGreaterThan(3);
    for (const { description, media, completionEvents } of steps) {
      expect(completionEvents.filter((event) => !known.has(event))).toEqual([]);
      expect(existsSync(join(root, media.svg))).toBe(true);
      const [, linked = ''] = /\(command:([\w.]+)\)/.exec(description) ?? [];
      expect([...Object.values<string>(commandIds), ...Object.values(viewIds).map((id) => `${id}.focus`)]).toContain(linked);
    }
  });

  it('has the files that it names', () => {
    const icons = Object.values(views)
      .flat()
      .map(({ icon }) => icon);
    expect([manifest.icon, ...icons].filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('never activates at every start, and types its API by the oldest VS Code it allows', () => {
    expect(manifest.activationEvents.filter((event) => !/^(workspaceContains|onFileSystem|onWebviewPanel):/.test(event))).toEqual(
      [],
    );
    expect(manifest.devDependencies['@types/vscode']).toBe(manifest.engines.vscode.replace('^', ''));
  });
});
