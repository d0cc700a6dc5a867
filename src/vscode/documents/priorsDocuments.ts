import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import type { Format } from '../../core/format';
import { describeDifference, describeSlot, type PriorsWords } from '../../core/priors/describeSlot';
import { plotPriors } from '../../core/priors/plotPriors';
import { type PriorsAddress, priorsTitle, readPriorsAddress, writePriorsAddress } from '../../core/priors/priorsAddress';
import { placeOfSlot, type PriorsPlot, slotAtPlace } from '../../core/priors/priorsPlot';
import { priorsView, type PriorsView } from '../../core/priors/priorsView';
import { readPriors } from '../../core/priors/readPriors';
import { untilNextSlot } from '../../core/priors/weekSlot';
import { WeekWords } from '../../core/priors/weekWords';
import type { Databases } from '../databases';
import { either } from '../either';
import { documentSchemes } from '../ids';
import { factsText } from './hoverText';
import { LiveDocuments, type DocumentSource } from './liveDocuments';

/** Priors that were drawn, and what they were drawn from. */
export interface DrawnPriors extends PriorsPlot {
  readonly address: PriorsAddress;
  readonly view: PriorsView;
}

/** Priors as text. */
export class PriorsDocuments implements DocumentSource<DrawnPriors>, vscode.Disposable {
  readonly scheme = documentSchemes.priors;
  readonly documents: LiveDocuments<DrawnPriors>;
  readonly #databases: Databases;
  readonly #words: PriorsWords;
  readonly #timeZone: string;
  readonly #slotEmitter = new vscode.EventEmitter<void>();
  #clock: NodeJS.Timeout;

  constructor(databases: Databases, format: Format, timeZone: string) {
    this.#databases = databases;
    this.#words = { format, week: new WeekWords(vscode.env.language) };
    this.#timeZone = timeZone;
    this.documents = new LiveDocuments(this, either(databases.onDidChangeData, this.#slotEmitter.event));
    this.#clock = this.#waitForSlot();
  }

  /** Opens the priors of an area, or of two, with the cursor on the hour that it is. */
  async open(address: PriorsAddress, options?: vscode.TextDocumentShowOptions): Promise<void> {
    const editor = await this.documents.open(`${priorsTitle(address)}.priors`, writePriorsAddress(address), options);
    const drawn = this.documents.drawn(editor.document);
    if (!drawn) return;
    const { line, character } = placeOfSlot(drawn, drawn.view.now);
    editor.selection = new vscode.Selection(line, character, line, character);
  }

  async draw(query: string): Promise<DrawnPriors> {
    const address = readPriorsAddress(query);
    if (!address) throw new InvalidDataError('This is not the address of priors.', 'Run Show Priors.');
    const priors = await readPriors(this.#databases.get(address.database).reader, address);
    const view = priorsView(priors, Date.now(), this.#timeZone);
    const keys = vscode.l10n.t(
      'Show or Focus Hover tells what the number at the cursor rests on, as does the pointer. Keys: c compares with another area.',
    );
    return { ...plotPriors(view, this.#words, keys), address, view };
  }

  async hover(drawn: DrawnPriors, { line, character }: vscode.Position): Promise<vscode.MarkdownString | undefined> {
    const found = slotAtPlace(drawn, line, character);
    if (!found) return undefined;
    const { map, slot } = found;
    const week = map.area === null ? undefined : drawn.view.weeks[map.area];
    return factsText(
      week ? describeSlot(drawn.view, week, slot, this.#words) : describeDifference(drawn.view, slot, this.#words),
    );
  }

  dispose(): void {
    clearTimeout(this.#clock);
    this.documents.dispose();
    this.#slotEmitter.dispose();
  }

  /** The hour that is marked moves on by itself. */
  #waitForSlot(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#slotEmitter.fire();
      this.#clock = this.#waitForSlot();
    }, untilNextSlot(Date.now()));
  }
}
