import * as vscode from 'vscode';
import type { Format } from '../../core/format';
import { readOverviewAddress } from '../../core/overview/overviewAddress';
import { readPriorsAddress } from '../../core/priors/priorsAddress';
import { readAddress } from '../../core/timeline/timelineAddress';
import type { Databases } from '../databases';
import { viewTypes } from '../ids';
import { activeView, type ShownView, type Views } from '../views';
import type { ExportOffer } from './exportOffer';
import { lockMetricsOffers } from './lockMetricsOffers';
import { priorsOffers } from './priorsOffers';
import type { RowOffers } from './rowOffers';
import { timelineOffers } from './timelineOffers';

/** Finds what can be exported of a view, be it drawn or text. */
export class ViewOffers {
  readonly #views: Views;
  readonly #databases: Databases;
  readonly #rows: RowOffers;
  readonly #format: Format;
  readonly #timeZone: string;

  /** @param timeZone IANA name */
  constructor(views: Views, databases: Databases, rows: RowOffers, format: Format, timeZone: string) {
    this.#views = views;
    this.#databases = databases;
    this.#rows = rows;
    this.#format = format;
    this.#timeZone = timeZone;
  }

  /** Of the view that is active; undefined where none of ours is. */
  async ofActive(): Promise<readonly ExportOffer[] | undefined> {
    const active = activeView(this.#views);
    return active && this.of(active);
  }

  /** None for what is no address. Throws DatabaseMissingError where the database is not open. */
  async of({ viewType, address }: ShownView): Promise<readonly ExportOffer[]> {
    const around = (database: string) => ({
      session: this.#databases.get(database),
      format: this.#format,
      timeZone: this.#timeZone,
      language: vscode.env.language,
    });
    const rasterise = this.#views[viewType].panels.rasteriser(address);
    switch (viewType) {
      case viewTypes.timeline: {
        const timeline = readAddress(address);
        return timeline ? timelineOffers(timeline, around(timeline.database), rasterise) : [];
      }
      case viewTypes.priors: {
        const priors = readPriorsAddress(address);
        return priors ? priorsOffers(priors, around(priors.database), rasterise) : [];
      }
      case viewTypes.overview: {
        const overview = readOverviewAddress(address);
        if (!overview) return [];
        const session = this.#databases.get(overview.database);
        return overview.area === null ? this.#rows.ofDatabase(session) : this.#rows.ofArea(session, overview.area);
      }
      case viewTypes.lockMetrics:
        return lockMetricsOffers(this.#databases.get(address));
    }
  }
}
