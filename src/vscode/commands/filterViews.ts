import * as vscode from 'vscode';
import { describeFilter, noIntervalsFilter, type IntervalsFilter } from '../../core/tree/intervalsFilter';
import type { Databases } from '../databases';
import { commandIds, viewIds } from '../ids';
import type { OccupancyView } from '../occupancyView';
import type { ViewOptions } from '../viewOptions';
import { pickIntervalKinds } from './pickIntervalKinds';
import { typeFilter } from './typeFilter';

interface FilteredViews {
  readonly areas: OccupancyView;
  readonly entities: OccupancyView;
  readonly intervals: OccupancyView;
}

/** The commands that narrow a view, and show what it is narrowed to. */
export class ViewFilters {
  readonly #databases: Databases;
  readonly #options: ViewOptions;
  readonly #views: FilteredViews;

  constructor(databases: Databases, options: ViewOptions, views: FilteredViews) {
    this.#databases = databases;
    this.#options = options;
    this.#views = views;
    this.#describe();
  }

  get commands() {
    return {
      [commandIds.filterAreas]: () => this.#typeForAreas(),
      [commandIds.clearAreaFilter]: () => this.filterAreas(''),
      [commandIds.filterEntities]: () => this.#typeForEntities(),
      [commandIds.clearEntityFilter]: () => this.filterEntities(''),
      [commandIds.searchIntervals]: () => this.#typeForIntervals(),
      [commandIds.filterIntervals]: () => this.#pickForIntervals(),
      [commandIds.clearIntervalFilter]: () => this.filterIntervals(noIntervalsFilter),
    };
  }

  #typeForAreas(): Promise<void> {
    return typeFilter({
      viewId: viewIds.areas,
      title: vscode.l10n.t('Filter Areas'),
      placeholder: vscode.l10n.t('Part of a name or purpose'),
      before: this.#options.areas.filter,
      apply: (text) => this.filterAreas(text),
    });
  }

  #typeForEntities(): Promise<void> {
    return typeFilter({
      viewId: viewIds.entities,
      title: vscode.l10n.t('Filter Entities'),
      placeholder: vscode.l10n.t('Part of an id, name, type or area'),
      before: this.#options.entities.filter,
      apply: (text) => this.filterEntities(text),
    });
  }

  #typeForIntervals(): Promise<void> {
    return typeFilter({
      viewId: viewIds.intervals,
      title: vscode.l10n.t('Search Intervals'),
      placeholder: vscode.l10n.t("Part of an entity's id, name, type or area"),
      before: this.#options.intervals.filter.text,
      apply: (text) => this.filterIntervals({ text: text.trim() }),
    });
  }

  async #pickForIntervals(): Promise<void> {
    const chosen = await pickIntervalKinds(this.#databases, this.#options.intervals.filter);
    if (!chosen) return;
    await vscode.commands.executeCommand(`${viewIds.intervals}.focus`);
    await this.filterIntervals(chosen);
  }

  async filterAreas(text: string): Promise<void> {
    await this.#options.filterAreas(text);
    await this.#show(this.#views.areas);
  }

  async filterEntities(text: string): Promise<void> {
    await this.#options.filterEntities(text);
    await this.#show(this.#views.entities);
  }

  async filterIntervals(change: Partial<IntervalsFilter>): Promise<void> {
    await this.#options.filterIntervals(change);
    await this.#show(this.#views.intervals);
  }

  async #show(view: OccupancyView): Promise<void> {
    this.#describe();
    await view.refreshNow();
  }

  #describe(): void {
    const { areas, entities, intervals } = this.#options;
    this.#views.areas.view.description = areas.filter;
    this.#views.entities.view.description = entities.filter;
    this.#views.intervals.view.description = describeFilter(intervals.filter);
  }
}
