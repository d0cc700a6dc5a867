import * as vscode from 'vscode';
import { reportScheme } from '../ids';
import { ReadOnlyFiles } from './readOnlyFiles';

/** What a command found or did, as Markdown that cannot be changed. It is kept as long as the window is not loaded anew. */
export class ReportDocuments implements vscode.Disposable {
  readonly #files: ReadOnlyFiles;
  readonly #texts = new Map<string, string>();

  constructor() {
    this.#files = new ReadOnlyFiles(reportScheme, async (uri) => this.#texts.get(uri.path) ?? gone());
  }

  /** @param title for the tab, without its ending; a report of the same title is replaced */
  async show(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: reportScheme, path: `/${title.replaceAll(/[/\\]/g, '_')}.md` });
    this.#texts.set(uri.path, text);
    this.#files.announce([uri]);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#files.dispose();
  }
}

function gone(): string {
  return `${vscode.l10n.t('This report is not kept when the window is loaded anew. Run the command again.')}\n`;
}
