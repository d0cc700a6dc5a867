import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import { type PriorsAddress, priorsTitle, readPriorsAddress } from '../../core/priors/priorsAddress';
import { readPriors } from '../../core/priors/readPriors';
import { type PriorsRequests, priorsSchemas } from '../../protocol/priorsProtocol';
import type { RequestHandlers } from '../../protocol/viewProtocol';
import type { Databases } from '../databases';
import type { PriorsDocuments } from '../documents/priorsDocuments';
import { viewTypes } from '../ids';
import type { PanelSource } from './viewPanels';

/** What the webview panels of priors show. */
export class PriorsPanels implements PanelSource<PriorsRequests> {
  readonly viewType = viewTypes.priors;
  readonly name = 'priors';
  readonly schemas = priorsSchemas;
  readonly #databases: Databases;
  readonly #documents: PriorsDocuments;
  readonly #timeZone: string;

  constructor(databases: Databases, documents: PriorsDocuments, timeZone: string) {
    this.#databases = databases;
    this.#documents = documents;
    this.#timeZone = timeZone;
  }

  title(address: string): string | undefined {
    const priors = readPriorsAddress(address);
    return priors && vscode.l10n.t('{0} Priors', priorsTitle(priors));
  }

  handlers(address: () => string): RequestHandlers<PriorsRequests> {
    const shown = (): PriorsAddress => addressOf(address());
    return {
      start: () => ({ locale: vscode.env.language, timeZone: this.#timeZone }),
      priors: () => readPriors(this.#databases.get(shown().database).reader, shown()),
      areas: async () => {
        const areas = await this.#databases.get(shown().database).reader.getAreas();
        return [...new Set(areas.map(({ areaName }) => areaName))];
      },
    };
  }

  async showAsText(address: string, viewColumn?: vscode.ViewColumn): Promise<void> {
    await this.#documents.open(addressOf(address), { preview: false, ...(viewColumn !== undefined && { viewColumn }) });
  }
}

function addressOf(address: string): PriorsAddress {
  const priors = readPriorsAddress(address);
  if (priors) return priors;
  throw new InvalidDataError('This is not the address of priors.', 'Run Show Priors.');
}
