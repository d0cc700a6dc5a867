import * as vscode from 'vscode';
import { consequenceOf, describeChanges, describeValues, oddity } from '../../core/edit/describeEdit';
import { changedFields, nameOf, undoOf, type EditableRow, type EditResult, type RowEdit } from '../../core/edit/rowEdit';
import { SchemaError } from '../../core/errors';
import type { Format } from '../../core/format';
import type { EntityNode } from '../../core/tree/nodes';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import type { EditHistory, KeptEdit } from '../editHistory';
import { commandIds } from '../ids';
import { isWritable, mayWrite } from '../mayWrite';
import { offer } from '../offer';
import { findArea, type OfArea } from '../findArea';
import { pickEntity } from '../pickEntity';
import { askForValue } from './askForValue';

/** An entity that a command is run on: of the row of a tree, for instance. */
type OfEntity = Pick<EntityNode, 'database' | 'entity'>;

export interface EditParts {
  readonly databases: Databases;
  readonly edits: EditHistory;
  readonly format: Format;
  readonly log: vscode.LogOutputChannel;
}

/** The commands that change one row, and take such a change back. */
export class EditCommands {
  readonly #databases: Databases;
  readonly #history: EditHistory;
  readonly #format: Format;
  readonly #log: vscode.LogOutputChannel;

  constructor({ databases, edits, format, log }: EditParts) {
    this.#databases = databases;
    this.#history = edits;
    this.#format = format;
    this.#log = log;
  }

  get commands() {
    return {
      [commandIds.editArea]: (of?: OfArea) => this.#editArea(of),
      [commandIds.editEntity]: (of?: OfEntity) => this.#editEntity(of),
      [commandIds.undoEdit]: (id?: string) => this.#undo(id),
    };
  }

  async #editArea(of: OfArea | undefined): Promise<void> {
    if (!mayWrite()) return;
    const found = await findArea(this.#databases, of, vscode.l10n.t('Edit Area'));
    if (found) await this.#edit(found.session, { kind: 'area', row: found.area });
  }

  async #editEntity(of: OfEntity | undefined): Promise<void> {
    if (!mayWrite()) return;
    const picked = of ?? (await pickEntity(this.#databases, vscode.l10n.t('Edit Entity')));
    if (!picked) return;
    const { entryId, areaName, entityId } = picked.entity;
    const session = this.#databases.get(picked.database);
    const row = (await session.reader.getEntities()).find(
      (entity) => entity.entryId === entryId && entity.areaName === areaName && entity.entityId === entityId,
    );
    if (!row) throw new SchemaError(`There is no entity “${entityId}” any more.`, 'Refresh: it may have been removed.');
    await this.#edit(session, { kind: 'entity', row });
  }

  async #edit(session: DatabaseSession, row: EditableRow): Promise<void> {
    if (!(await isWritable(session))) return;
    const after = await askForValue(row, this.#format);
    if (!after) return;
    const edit = { before: row, after };
    if (changedFields(row, after).length === 0)
      return void offer('information', vscode.l10n.t('{0} has that value already; nothing was written.', nameOf(row)));
    if (!(await this.#confirm(edit))) return;
    const result = await this.#write(session, edit);
    if (result.outcome === 'changed') return this.#tellChanged(session, row, result.now);
    const kept = await this.#history.keep(session.path, result.edit);
    this.#tellWritten(session, result.edit, kept);
  }

  async #undo(id: string | undefined): Promise<void> {
    if (!mayWrite()) return;
    const kept = id === undefined ? this.#history.newest : this.#history.find(id);
    if (!kept) return offer('information', vscode.l10n.t('There is no edit to undo.'));
    const session = this.#databases.get(kept.database);
    if (!(await isWritable(session))) return;
    const result = await this.#write(session, undoOf(kept.edit));
    await this.#history.forget(kept);
    if (result.outcome === 'changed') return this.#tellUndoFailed(kept, result.now);
    this.#tellWritten(session, result.edit);
  }

  /** Shows what becomes of the row, and what Home Assistant does with that. */
  async #confirm(edit: RowEdit): Promise<boolean> {
    const odd = oddity(edit);
    const detail = [
      ...describeChanges(edit, this.#format),
      ...(odd === undefined ? [] : ['', odd]),
      '',
      consequenceOf(edit.before.kind),
    ].join('\n');
    const apply = vscode.l10n.t('Apply');
    const question = vscode.l10n.t('Change {0}?', nameOf(edit.before));
    return (await vscode.window.showInformationMessage(question, { modal: true, detail }, apply)) === apply;
  }

  /** A write may wait for the lock: then the status bar says so. */
  async #write(session: DatabaseSession, edit: RowEdit): Promise<EditResult> {
    const title = vscode.l10n.t('Writing to {0}', session.name);
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => session.reader.editRow(edit));
  }

  /** @param kept where it can be undone */
  #tellWritten(session: DatabaseSession, edit: RowEdit, kept?: KeptEdit): void {
    const changes = describeChanges(edit, this.#format).join(', ');
    const name = nameOf(edit.before);
    this.#log.info(`${kept ? 'Edited' : 'Undid the edit of'} ${name} in ${session.path}: ${changes}`);
    const text = kept ? vscode.l10n.t('{0}: {1}.', name, changes) : vscode.l10n.t('Undone. {0}: {1}.', name, changes);
    const undo = { title: vscode.l10n.t('Undo'), run: () => vscode.commands.executeCommand(commandIds.undoEdit, kept?.id) };
    void offer('information', text, ...(kept ? [undo] : []));
  }

  #tellUndoFailed({ edit }: KeptEdit, now: EditableRow | null): void {
    const name = nameOf(edit.after);
    const text = now
      ? vscode.l10n.t(
          '{0} was changed since the edit, so that was not undone. It has now: {1}.',
          name,
          describeValues(now, this.#format),
        )
      : vscode.l10n.t('{0} is no longer in the database, so the edit was not undone.', name);
    void offer('warning', text);
  }

  #tellChanged({ path: database }: DatabaseSession, row: EditableRow, now: EditableRow | null): void {
    const name = nameOf(row);
    if (!now) return void offer('warning', vscode.l10n.t('{0} is no longer in the database; nothing was written.', name));
    const values = describeValues(now, this.#format);
    const text = vscode.l10n.t('{0} was changed meanwhile, so nothing was written. It has now: {1}.', name, values);
    const again = (): unknown =>
      now.kind === 'area'
        ? vscode.commands.executeCommand(commandIds.editArea, { database, area: now.row } satisfies OfArea)
        : vscode.commands.executeCommand(commandIds.editEntity, { database, entity: now.row } satisfies OfEntity);
    void offer('warning', text, { title: vscode.l10n.t('Edit Again'), run: again });
  }
}
