import * as vscode from 'vscode';
import type { AreasOptions } from '../core/tree/areasTree';
import type { EntitiesOptions } from '../core/tree/entitiesTree';
import { isEverything, noIntervalsFilter, type IntervalsFilter } from '../core/tree/intervalsFilter';
import type { IntervalsOptions } from '../core/tree/intervalsTree';
import { contextKeys, storageKeys } from './ids';
import { pageSize } from './settings';

/** How the views are grouped and filtered, remembered per workspace. */
export class ViewOptions {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get areas(): AreasOptions {
    return { filter: this.#memento.get<string>(storageKeys.areasFilter, '') };
  }

  get entities(): EntitiesOptions {
    return {
      groupBy: this.#memento.get<EntitiesOptions['groupBy']>(contextKeys.entitiesGrouping, 'area'),
      filter: this.#memento.get<string>(storageKeys.entitiesFilter, ''),
    };
  }

  get intervals(): IntervalsOptions {
    return {
      groupBy: this.#memento.get<IntervalsOptions['groupBy']>(contextKeys.intervalsGrouping, 'area'),
      pageSize: pageSize(),
      filter: { ...noIntervalsFilter, ...this.#memento.get<Partial<IntervalsFilter>>(storageKeys.intervalsFilter) },
    };
  }

  groupEntities(groupBy: EntitiesOptions['groupBy']): Promise<void> {
    return this.#keep(contextKeys.entitiesGrouping, groupBy);
  }

  groupIntervals(groupBy: IntervalsOptions['groupBy']): Promise<void> {
    return this.#keep(contextKeys.intervalsGrouping, groupBy);
  }

  filterAreas(text: string): Promise<void> {
    return this.#keep(storageKeys.areasFilter, text.trim());
  }

  filterEntities(text: string): Promise<void> {
    return this.#keep(storageKeys.entitiesFilter, text.trim());
  }

  /** Changes what is given of the filter. */
  filterIntervals(change: Partial<IntervalsFilter>): Promise<void> {
    return this.#keep(storageKeys.intervalsFilter, { ...this.intervals.filter, ...change });
  }

  /** Tells the menus, which show the other choice, or the way back. */
  async publish(): Promise<void> {
    const values = {
      [contextKeys.entitiesGrouping]: this.entities.groupBy,
      [contextKeys.intervalsGrouping]: this.intervals.groupBy,
      [contextKeys.areasFiltered]: this.areas.filter !== '',
      [contextKeys.entitiesFiltered]: this.entities.filter !== '',
      [contextKeys.intervalsFiltered]: !isEverything(this.intervals.filter),
    };
    for (const [key, value] of Object.entries(values)) await vscode.commands.executeCommand('setContext', key, value);
  }

  async #keep(key: string, value: unknown): Promise<void> {
    await this.#memento.update(key, value);
    await this.publish();
  }
}
