import { basename } from 'node:path';
import * as vscode from 'vscode';
import { asOccupancyError } from '../../core/errors';
import { exportFileName } from '../../core/export/exportFileName';
import type { RowFormat } from '../../core/export/exportRequest';
import { counted } from '../../core/tree/presentation';
import type { Format } from '../../core/format';
import type { Databases } from '../databases';
import { escapeIcons } from '../escapeIcons';
import { offer } from '../offer';
import { type OfDatabase, pickDatabase } from '../pickDatabase';
import { withProgress } from '../withProgress';
import { chooseTarget } from './chooseTarget';
import type { ExportArgument, ExportOffer, PictureContent, RowsContent, TextContent, TextForm } from './exportOffer';
import { lockMetricsOffers } from './lockMetricsOffers';
import type { RowOffers } from './rowOffers';
import type { ViewOffers } from './viewOffers';
import { removePart, saveWhole } from './saveWhole';

type Ending = RowFormat | 'svg' | 'png' | TextForm['ending'];

/** The commands that export: what, in which format, where to; then a progress that can be cancelled, and one message. */
export class Exports {
  readonly #databases: Databases;
  readonly #rows: RowOffers;
  readonly #views: ViewOffers;
  readonly #format: Format;
  readonly #timeZone: string;

  constructor(databases: Databases, rows: RowOffers, views: ViewOffers, format: Format, timeZone: string) {
    this.#databases = databases;
    this.#rows = rows;
    this.#views = views;
    this.#format = format;
    this.#timeZone = timeZone;
  }

  async run(argument?: ExportArgument): Promise<void> {
    await this.#export(await pickOffer(await this.#offers(argument)));
  }

  /** What the Intervals view shows. */
  async shownIntervals(): Promise<void> {
    const session = await pickDatabase(this.#databases, undefined, vscode.l10n.t('Export Intervals'));
    if (session) await this.#export(await this.#rows.ofIntervalsView(session));
  }

  async lockMetrics(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.#databases, of, vscode.l10n.t('Export Lock Metrics'));
    if (session) await this.run(lockMetricsOffers(session));
  }

  async #offers(argument: ExportArgument | undefined): Promise<readonly ExportOffer[]> {
    if (Array.isArray(argument)) return argument as readonly ExportOffer[];
    if (argument && 'content' in argument) return [argument];
    if (argument && 'viewType' in argument) return this.#views.of(argument);
    if (argument && 'kind' in argument) return this.#rows.ofRow(argument);
    const offers = await this.#views.ofActive();
    if (offers) return offers;
    const session = await pickDatabase(this.#databases, undefined, vscode.l10n.t('Export'));
    return session ? this.#rows.ofDatabase(session) : [];
  }

  async #export(chosen: ExportOffer | undefined): Promise<void> {
    const ending = chosen && (await pickEnding(chosen));
    if (!ending) return;
    const name = exportFileName(chosen.fileName, ending);
    const target = await chooseTarget(this.#databases, chosen.label, name, { [ending.toUpperCase()]: [ending] });
    if (!target) return;
    const { content } = chosen;
    if (content.kind === 'rows') await this.#writeRows(content, ending as RowFormat, target);
    else await this.#save(await bytesOf(content, ending), target);
  }

  async #writeRows({ database, rows }: RowsContent, format: RowFormat, target: vscode.Uri): Promise<void> {
    const { reader } = this.#databases.get(database);
    const title = vscode.l10n.t('Exporting to {0}', basename(target.fsPath));
    const written = await withProgress(title, async ({ signal, report }) => {
      const onProgress = (count: number): void => report({ message: counted(count, 'row', 'rows', this.#format) });
      const request = { rows, format, timeZone: this.#timeZone, target: target.fsPath };
      try {
        return await reader.exportRows(request, { signal, onProgress });
      } catch (error) {
        // It could not clear up after itself.
        if (asOccupancyError(error).code === 'PROCESS_ENDED') await removePart(target);
        throw error;
      }
    });
    const size = this.#format.fileSize(written.bytes);
    const name = basename(target.fsPath);
    await done(
      vscode.l10n.t('{0} exported to {1} ({2}).', counted(written.rows, 'row', 'rows', this.#format), name, size),
      target,
    );
  }

  async #save(bytes: Uint8Array | undefined, target: vscode.Uri): Promise<void> {
    if (!bytes) return;
    await saveWhole(target, bytes);
    await done(vscode.l10n.t('Exported to {0}.', basename(target.path)), target);
  }
}

/** undefined where that form of it cannot be made. */
async function bytesOf(content: PictureContent | TextContent, ending: Ending): Promise<Uint8Array | undefined> {
  if (ending === 'png') return content.kind === 'picture' ? content.png?.() : undefined;
  const text = content.kind === 'picture' ? content.svg() : content.forms.find((form) => form.ending === ending)?.text();
  return text && new TextEncoder().encode(await text);
}

/** Waits for no answer: the command is over. */
async function done(text: string, target: vscode.Uri): Promise<void> {
  void offer('information', text, {
    title: vscode.l10n.t('Open'),
    run: () => vscode.commands.executeCommand('vscode.open', target),
  });
}

async function pickOffer(offers: readonly ExportOffer[]): Promise<ExportOffer | undefined> {
  if (offers.length < 2) return offers[0];
  const items = offers.map((one) => ({
    label: escapeIcons(one.label),
    ...(one.description !== undefined && { description: escapeIcons(one.description) }),
    one,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export') }))?.one;
}

async function pickEnding({ label, content }: ExportOffer): Promise<Ending | undefined> {
  const items = itemsOf(content);
  const chosen = await vscode.window.showQuickPick(items, { title: label, placeHolder: vscode.l10n.t('Format') });
  if (!chosen || chosen.ending !== 'png' || (content.kind === 'picture' && content.png)) return chosen?.ending;
  const asSvg = vscode.l10n.t('Export as SVG');
  const text = vscode.l10n.t(
    'A plot that is drawn makes its PNG: run Show as Plot in a window that renders webviews. An SVG shows the same, at any size.',
  );
  return (await vscode.window.showInformationMessage(text, asSvg)) === asSvg ? 'svg' : undefined;
}

function itemsOf(content: ExportOffer['content']): readonly EndingItem[] {
  if (content.kind === 'text') return content.forms;
  return content.kind === 'rows' ? rowItems() : pictureItems(content);
}

interface EndingItem extends vscode.QuickPickItem {
  readonly ending: Ending;
}

function rowItems(): readonly EndingItem[] {
  return [
    { label: 'CSV', description: vscode.l10n.t('for spreadsheets: commas, a header, one row a line'), ending: 'csv' },
    { label: 'JSON', description: vscode.l10n.t('one array of objects'), ending: 'json' },
    { label: 'NDJSON', description: vscode.l10n.t('an object a line, for what reads line by line'), ending: 'ndjson' },
  ];
}

function pictureItems({ png }: PictureContent): readonly EndingItem[] {
  const needs = vscode.l10n.t('needs a window that renders webviews');
  return [
    { label: 'SVG', description: vscode.l10n.t('drawn anew at any size'), ending: 'svg' },
    { label: 'PNG', description: png ? vscode.l10n.t('pixels, sharp on any screen') : needs, ending: 'png' },
  ];
}
