// What went wrong without being shown: errors in the page's console, and errors and unhandled rejections in the extension host.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';

/** An error of the page is ours when it names our extension, a view or a command of it; the workbench has some of its own. */
const OURS = /area-?occupancy/i;

/**
 * VS Code's own: the workbench asks for the children of a row by its handle, and a refresh of the same view has let go of the
 * handle meanwhile. It answers with no children and asks anew, since the refresh reaches it too; no provider can keep it from that.
 */
const OVERTAKEN_ROW = / \[error\] No tree item with id '[^']*' found\.\s*$/;

export class Faults {
  readonly #logFolder: string;
  readonly #fromPage: string[] = [];

  /** Listens from now on; to be made before the page is loaded. */
  constructor(page: Page, logFolder: string) {
    this.#logFolder = logFolder;
    page.on('pageerror', (error) => this.#keep(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#keep(message.text());
    });
  }

  /** All of them up to now. VS Code reports a rejection as unhandled after it has stayed so for a second. */
  async all(): Promise<readonly string[]> {
    return [...this.#fromPage, ...errorEntries(await this.#read((file) => file === 'remoteexthost.log'))];
  }

  /** What our extension wrote to its output channels. */
  async extensionLog(): Promise<string> {
    return this.#read((_file, folder) => folder.includes('area-occupancy-inspector'));
  }

  #keep(text: string): void {
    if (OURS.test(text)) this.#fromPage.push(text);
  }

  async #read(wanted: (file: string, folder: string) => boolean): Promise<string> {
    const entries = await readdir(this.#logFolder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && wanted(entry.name, basename(entry.parentPath)));
    const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
    return texts.join('');
  }
}

/** Each entry begins with its time and level; the lines of a stack follow. */
function errorEntries(log: string): string[] {
  return log
    .split(/^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[)/m)
    .filter((entry) => /^\S+ \S+ \[error\]/.test(entry) && !OVERTAKEN_ROW.test(entry));
}
