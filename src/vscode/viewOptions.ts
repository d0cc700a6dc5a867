import * as vscode from 'vscode';
import type { EntitiesOptions } from '../core/tree/entitiesTree';
import type { IntervalsOptions } from '../core/tree/intervalsTree';
import { contextKeys } from './ids';
import { pageSize } from './settings';

type Stored = Pick<EntitiesOptions, 'groupBy'> & { readonly intervalsBy: IntervalsOptions['groupBy'] };

/** How the views are grouped and filtered; the grouping is remembered per workspace, the filter is not. */
export class ViewOptions {
  readonly #memento: vscode.Memento;
  #filter = '';

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get entities(): EntitiesOptions {
    return { groupBy: this.#memento.get<Stored['groupBy']>(contextKeys.entitiesGrouping, 'area'), filter: this.#filter };
  }

  get intervals(): IntervalsOptions {
    return { groupBy: this.#memento.get<Stored['intervalsBy']>(contextKeys.intervalsGrouping, 'area'), pageSize: pageSize() };
  }

  async groupEntities(groupBy: EntitiesOptions['groupBy']): Promise<void> {
    await this.#memento.update(contextKeys.entitiesGrouping, groupBy);
    await this.publish();
  }

  async groupIntervals(groupBy: IntervalsOptions['groupBy']): Promise<void> {
    await this.#memento.update(contextKeys.intervalsGrouping, groupBy);
    await this.publish();
  }

  async filterEntities(text: string): Promise<void> {
    this.#filter = text.trim();
    await this.publish();
  }

  /** Tells the menus, which show the other choice. */
  async publish(): Promise<void> {
    const values = {
      [contextKeys.entitiesGrouping]: this.entities.groupBy,
      [contextKeys.intervalsGrouping]: this.intervals.groupBy,
      [contextKeys.entitiesFiltered]: this.#filter !== '',
    };
    for (const [key, value] of Object.entries(values)) await vscode.commands.executeCommand('setContext', key, value);
  }
}
