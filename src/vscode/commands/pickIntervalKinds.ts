import * as vscode from 'vscode';
import type { IntervalsFilter } from '../../core/tree/intervalsFilter';
import type { Databases } from '../databases';
import { escapeIcons } from '../escapeIcons';

type Kinds = Omit<IntervalsFilter, 'text'>;

interface KindItem extends vscode.QuickPickItem {
  readonly of?: { readonly [K in keyof Kinds]: readonly [kind: K, value: Kinds[K][number]] }[keyof Kinds];
}

/** Lets the user choose states, types and areas. @returns undefined when the choice was cancelled */
export async function pickIntervalKinds(databases: Databases, filter: Kinds): Promise<Kinds | undefined> {
  const chosen = await vscode.window.showQuickPick(kindItems(databases, filter), {
    title: vscode.l10n.t('Filter Intervals'),
    placeHolder: vscode.l10n.t('States, types and areas that are shown; none for all'),
    canPickMany: true,
  });
  if (!chosen) return undefined;
  const values = <K extends keyof Kinds>(kind: K): Kinds[K][number][] =>
    chosen.flatMap(({ of }) => (of?.[0] === kind ? [of[1]] : []));
  return {
    activities: values('activities'),
    states: values('states'),
    types: values('types'),
    areas: values('areas'),
  };
}

/** What there is in the open databases, and what is chosen already, whether there is any now or not. */
async function kindItems(databases: Databases, filter: Kinds): Promise<KindItem[]> {
  const found = await Promise.all(
    databases.all.map(async ({ reader, failed }) => {
      if (failed) return { states: [], entities: [] };
      const [states, entities] = await Promise.all([reader.getRecentStates(), reader.getEntities()]);
      return { states, entities };
    }),
  );
  const entities = found.flatMap((one) => one.entities);
  const sorted = (...values: readonly string[]): string[] => [...new Set(values)].toSorted();
  return [
    separator(vscode.l10n.t('Groups of states')),
    {
      label: vscode.l10n.t('active'),
      description: vscode.l10n.t("states that speak for occupancy, by the entity's type"),
      of: ['activities', 'active'],
      picked: filter.activities.includes('active'),
    },
    {
      label: vscode.l10n.t('inactive'),
      description: vscode.l10n.t('all other states'),
      of: ['activities', 'inactive'],
      picked: filter.activities.includes('inactive'),
    },
    separator(vscode.l10n.t('States')),
    ...sorted(...filter.states, ...found.flatMap(({ states }) => states)).map((state) => item('states', state, filter)),
    separator(vscode.l10n.t('Types')),
    ...sorted(...filter.types, ...entities.map(({ entityType }) => entityType)).map((type) => item('types', type, filter)),
    separator(vscode.l10n.t('Areas')),
    ...sorted(...filter.areas, ...entities.map(({ areaName }) => areaName)).map((area) => item('areas', area, filter)),
  ];
}

function item(kind: 'states' | 'types' | 'areas', value: string, filter: Kinds): KindItem {
  // An empty label is drawn as nothing.
  const label = value === '' ? '“”' : escapeIcons(value);
  return { label, of: [kind, value], picked: filter[kind].includes(value) };
}

function separator(label: string): KindItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
