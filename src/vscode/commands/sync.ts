import * as vscode from 'vscode';
import { asOccupancyError } from '../../core/errors';
import type { Format } from '../../core/format';
import type { SyncReport } from '../../core/sync/syncReport';
import { addsRows, summarizeSync } from '../../core/tree/summarizeSync';
import type { SourceChoice } from '../../protocol/databaseProtocol';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import { commandIds } from '../ids';
import { offer, type Offer } from '../offer';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { refuseUntrusted } from '../refuseUntrusted';
import { syncSourceSetting } from '../settings';
import { showFault } from '../showFault';
import type { PendingSync, SyncPreview } from '../syncPreview';
import { chooseSource, type SyncSource } from '../syncSource';
import { withSyncProgress } from '../withSyncProgress';

/** A row that the command was run on; `source` where the question after it was answered already. */
export type SyncRequest = OfDatabase & { readonly source?: SyncSource };

/** Asks for the address and the token of Home Assistant where they are not known. */
export interface HomeAssistantAccess {
  /** @param url asked for where it is missing. @returns undefined when the user gives none */
  choose(url?: string): Promise<{ readonly url: string; readonly token: string } | undefined>;
  forget(url: string): Promise<void>;
}

export interface SyncParts {
  readonly databases: Databases;
  readonly preview: SyncPreview;
  readonly access: HomeAssistantAccess;
  readonly format: Format;
  readonly log: vscode.LogOutputChannel;
}

/** Reads history and shows what it would add; nothing is written before the user applies it. */
export async function sync(parts: SyncParts, request?: SyncRequest): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    return refuseUntrusted(
      vscode.l10n.t('Nothing is written to a database in Restricted Mode. Trust this workspace first; reading works without.'),
    );
  }
  if (parts.preview.isBusy)
    return offer('information', vscode.l10n.t('A sync is running already. Wait until it is done, or cancel it.'));
  const session = await pickDatabase(parts.databases, request, vscode.l10n.t('Sync'));
  if (!session) return;
  // Throws what keeps it from being read, such as that it lies on a network mount.
  const { readOnly, reason } = await session.reader.describe();
  if (readOnly)
    return offer('warning', vscode.l10n.t('{0} is not synced, since it is read-only. {1}', session.name, reason ?? ''));
  const source = request?.source ?? (await chooseSource(syncSourceSetting(), () => session.reader.findRecorder(), parts.format));
  if (!source) return;
  const choice = await complete(source, parts.access);
  if (!choice) return;
  await parts.preview.whileBusy(() => preview(parts, session, choice));
}

async function complete(source: SyncSource, access: HomeAssistantAccess): Promise<SourceChoice | undefined> {
  if (source.kind === 'recorder') return source;
  const chosen = await access.choose(source.url);
  return chosen && { kind: 'homeAssistant', ...chosen };
}

function withoutToken(choice: SourceChoice): SyncSource {
  return choice.kind === 'recorder' ? choice : { kind: 'homeAssistant', url: choice.url };
}

async function preview(parts: SyncParts, session: DatabaseSession, choice: SourceChoice): Promise<void> {
  const { info, path, reader } = session;
  const source = withoutToken(choice);
  await parts.preview.discard();
  let report: SyncReport;
  try {
    const title = vscode.l10n.t('Reading history for {0}', session.name);
    report = await withSyncProgress(title, parts.format, (how) => reader.planSync(choice, how));
  } catch (thrown) {
    return void showFault(
      commandIds.sync,
      thrown,
      parts.log,
      ...waysOut(parts.access, { database: path, source }, choice, thrown),
    );
  }
  if (!addsRows(report)) {
    await reader.discardSync();
    return void offer('information', `${session.name}: ${summarizeSync(report, parts.format)}.`);
  }
  const [names, entities] = await Promise.all([reader.getFriendlyNames(), reader.getEntities()]);
  const types = new Map(entities.map(({ entityId, entityType }) => [entityId, entityType]));
  const pending = { database: path, report, names, types, session, info, source };
  await parts.preview.show(pending);
  void offer('information', `${session.name}: ${summarizeSync(report, parts.format)}.`, ...decisions(parts.preview, pending));
}

/** The same two as in the title of the view, where a pointer must rest to see them. The message may outlast its preview. */
function decisions(preview: SyncPreview, pending: PendingSync): readonly Offer[] {
  const decide = (command: string) => () => preview.pending === pending && vscode.commands.executeCommand(command);
  return [
    { title: vscode.l10n.t('Apply'), run: decide(commandIds.applySync) },
    { title: vscode.l10n.t('Discard'), run: decide(commandIds.discardSync) },
  ];
}

function waysOut(access: HomeAssistantAccess, request: SyncRequest, choice: SourceChoice, thrown: unknown): readonly Offer[] {
  const again = (): unknown => vscode.commands.executeCommand(commandIds.sync, request);
  const { code } = asOccupancyError(thrown);
  if (code === 'HOME_ASSISTANT_AUTH' && choice.kind === 'homeAssistant') {
    const run = (): unknown => access.forget(choice.url).then(again);
    return [{ title: vscode.l10n.t('Enter Another Token'), run }];
  }
  const passes = code === 'PROCESS_ENDED' || code === 'PLAN_LOST' || code === 'HOME_ASSISTANT' || code === 'LOCK_TIMEOUT';
  return passes ? [{ title: vscode.l10n.t('Retry'), run: again }] : [];
}
