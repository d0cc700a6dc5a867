import * as vscode from 'vscode';
import type { Format } from '../core/format';
import type { PriorsRequests } from '../protocol/priorsProtocol';
import type { TimelineRequests } from '../protocol/timelineRequests';
import type { Databases } from './databases';
import { PriorsDocuments } from './documents/priorsDocuments';
import { TimelineDocuments } from './documents/timelineDocuments';
import { LockMetricsViews } from './lockMetricsViews';
import { OverviewPanels } from './panels/overviewPanels';
import { PriorsPanels } from './panels/priorsPanels';
import { TimelinePanels } from './panels/timelinePanels';
import { ViewPanels } from './panels/viewPanels';
import { viewTypes } from './ids';
import type { Views } from './views';

/** The views in the editor area: timelines, priors, overviews and lock metrics, each as a page and as text. */
export class DrawnViews implements vscode.Disposable {
  readonly timelines: TimelineDocuments;
  readonly timelinePanels: ViewPanels<TimelineRequests>;
  readonly priors: PriorsDocuments;
  readonly priorsPanels: ViewPanels<PriorsRequests>;
  readonly overviews: OverviewPanels;
  readonly lockMetrics: LockMetricsViews;
  readonly #visibleEmitter = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  /** One of them came to be seen, or went out of sight. */
  readonly onDidChangeVisible = this.#visibleEmitter.event;

  /** @param timeZone IANA name */
  constructor(
    databases: Databases,
    format: Format,
    timeZone: string,
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
  ) {
    this.timelines = new TimelineDocuments(databases, format, timeZone);
    const timelines = new TimelinePanels(databases, this.timelines, format, timeZone);
    this.timelinePanels = new ViewPanels(timelines, context, log, databases.onDidChangeData);
    this.priors = new PriorsDocuments(databases, format, timeZone);
    const priors = new PriorsPanels(databases, this.priors, timeZone);
    this.priorsPanels = new ViewPanels(priors, context, log, databases.onDidChangeData);
    this.overviews = new OverviewPanels(databases, format, timeZone, context, log);
    this.lockMetrics = new LockMetricsViews(databases, context, log);
    const panels = [this.timelinePanels, this.priorsPanels, this.overviews, this.lockMetrics.panels];
    this.#subscriptions = vscode.Disposable.from(
      this.#visibleEmitter,
      this.timelines,
      this.timelinePanels,
      this.priors,
      this.priorsPanels,
      this.overviews,
      this.lockMetrics,
      ...panels.map((panel) => panel.onDidChangeVisible(() => this.#visibleEmitter.fire())),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#visibleEmitter.fire()),
    );
  }

  get byType(): Views {
    return {
      [viewTypes.timeline]: { panels: this.timelinePanels, documents: this.timelines.documents },
      [viewTypes.priors]: { panels: this.priorsPanels, documents: this.priors.documents },
      [viewTypes.overview]: this.overviews,
      [viewTypes.lockMetrics]: this.lockMetrics,
    };
  }

  /** Whether one can be seen, which is when its database is to be watched. */
  get visible(): boolean {
    return Object.values(this.byType).some(({ panels, documents }) => panels.visible || documents.visible);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
