// The workbench as a user reads it: things are found by role and accessible name, as a screen reader finds them.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { RESULTS } from '../../setup/paths.mts';

/** A text that the accessible name has to contain (whatever the case), or a pattern for it. */
export type Name = string | RegExp;

export class WorkbenchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Shows the view container whose icon in the activity bar has this title. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.getByRole('tab', { name: title });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** The tree of a view: `Areas` for the tree whose name is `Areas`. */
  tree(view: Name): Locator {
    return this.page.getByRole('tree', { name: view });
  }

  /** The header of a view in its container, which a click folds and unfolds. */
  viewHeader(title: string): Locator {
    return this.page.getByRole('button', { name: `${title} Section` });
  }

  /** Rows that are scrolled out of sight do not exist. */
  treeItem(name: Name, view?: Name): Locator {
    return (view ? this.tree(view) : this.page).getByRole('treeitem', { name });
  }

  /** The accessible names of the rows that are in sight, from top to bottom. */
  async rows(view: Name): Promise<string[]> {
    const placed = await this.tree(view)
      .getByRole('treeitem')
      .evaluateAll((rows) =>
        rows.map((row) => ({ name: row.getAttribute('aria-label') ?? '', top: row.getBoundingClientRect().top })),
      );
    return placed.toSorted((a, b) => a.top - b.top).map(({ name }) => name);
  }

  /** Goes down a view, from the row that has its focus, until the row is in sight. */
  async pageDownTo(row: Locator, view: Name): Promise<void> {
    await this.tree(view).focus();
    for (let turn = 0; turn < 100 && (await row.count()) === 0; turn++) {
      await this.page.keyboard.press('PageDown');
      await this.page.waitForTimeout(30);
    }
    await row.waitFor();
  }

  /** Unfolds a row, where it is folded, and waits until it says so. */
  async expand(name: Name, view?: Name): Promise<Locator> {
    const row = this.treeItem(name, view).first();
    await row.waitFor();
    // The twistie, since a click on the row may run a command.
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
    await row.and(this.page.locator('[aria-expanded="true"]')).waitFor();
    return row;
  }

  /**
   * Runs a command as a user does: F1, its title, the line that is found. `title` is the whole line, `Area Occupancy: Refresh`.
   * The list is made when it opens, so it is opened again where the extension's commands were not known yet.
   */
  async runCommand(title: string): Promise<void> {
    const input = this.page.getByRole('textbox', { name: 'Type the name of a command to run.' });
    const line = this.page.getByRole('option', { name: title }).first();
    for (const timeout of [2000, 5000, 10_000]) {
      await this.page.keyboard.press('F1');
      // A webview that is just being loaded has the focus, and keeps the key to itself.
      const asked = input.fill(`>${title}`, { timeout }).then(() => line.waitFor({ timeout }));
      const found = await asked.then(
        () => true,
        () => false,
      );
      if (found) return await line.click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The command palette has no line ${title}.`);
  }

  /** Runs what the context menu of a row has under this title. */
  async chooseFromMenu(row: Locator, title: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.getByRole('menuitem', { name: title });
    await item.waitFor();
    // A menu takes no click in its first moments, lest the one that opened it be taken for a choice.
    await this.page.waitForTimeout(300);
    await item.click();
    await item.waitFor({ state: 'hidden' });
  }

  /** An item of the quick pick that is open. */
  quickPick(label: Name): Locator {
    return this.page.getByRole('listbox').getByRole('option', { name: label });
  }

  /** A button of the modal dialog that is open. */
  dialogButton(label: Name): Locator {
    return this.page.locator('.monaco-dialog-box').getByRole('button', { name: label });
  }

  /** The modal dialog, where its text contains this. */
  dialog(text: Name): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
  }

  statusBarItem(text: Name): Locator {
    return this.page.locator('footer[role="status"]').getByRole('button', { name: text });
  }

  /** A notification that is shown, with its buttons inside. */
  notification(text: Name): Locator {
    return this.page.locator('.notifications-toasts').getByRole('dialog', { name: text });
  }

  /** The tab of an open editor. */
  editorTab(name: Name): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** A button beside the tabs. */
  titleButton(name: Name): Locator {
    return this.page.locator('.editor-actions').getByRole('button', { name });
  }

  /** Kept in test-results/screenshots/<name>.png. */
  async screenshot(name: string): Promise<void> {
    const folder = join(RESULTS, 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`) });
  }
}
