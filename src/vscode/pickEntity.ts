import * as vscode from 'vscode';
import type { Entity } from '../core/model';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { escapeIcons } from './escapeIcons';

/** Asks for an entity of the open databases; undefined when the user picks none, or there is none, which is said. */
export async function pickEntity(
  databases: Databases,
  title: string,
): Promise<{ readonly database: string; readonly entity: Entity } | undefined> {
  const sessions = databases.all;
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No database is open. Run Open Database first.'));
    return undefined;
  }
  const items = Promise.all(sessions.map((session) => entityItems(session, sessions.length > 1))).then((all) => all.flat());
  return vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
}

async function entityItems({ path: database, name, reader }: DatabaseSession, isOneOfSeveral: boolean) {
  const [entities, names] = await Promise.all([reader.getEntities(), reader.getFriendlyNames()]);
  return entities.map((entity) => ({
    label: escapeIcons(names.entities.get(entity.entityId) ?? entity.entityId),
    description: escapeIcons([entity.areaName, ...(isOneOfSeveral ? [name] : [])].join(' · ')),
    detail: entity.entityId,
    database,
    entity,
  }));
}
