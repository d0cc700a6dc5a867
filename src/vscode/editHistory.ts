import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { RowEdit } from '../core/edit/rowEdit';
import { storageKeys } from './ids';

/** An edit that was written, and can be undone. */
export interface KeptEdit {
  readonly id: string;
  /** Path. */
  readonly database: string;
  readonly edit: RowEdit;
}

const MOST_EDITS = 20;

/** The edits made in this workspace, newest first; kept over a reload. */
export class EditHistory {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get #all(): readonly KeptEdit[] {
    return this.#memento.get<readonly KeptEdit[]>(storageKeys.edits, []);
  }

  get newest(): KeptEdit | undefined {
    return this.#all[0];
  }

  find(id: string): KeptEdit | undefined {
    return this.#all.find((kept) => kept.id === id);
  }

  async keep(database: string, edit: RowEdit): Promise<KeptEdit> {
    const kept = { id: randomUUID(), database, edit };
    await this.#memento.update(storageKeys.edits, [kept, ...this.#all].slice(0, MOST_EDITS));
    return kept;
  }

  async forget({ id }: KeptEdit): Promise<void> {
    await this.#memento.update(
      storageKeys.edits,
      this.#all.filter((kept) => kept.id !== id),
    );
  }
}
