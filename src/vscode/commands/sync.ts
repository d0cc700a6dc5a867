import * as vscode from 'vscode';
import { asOccupancyError } from '../../core/errors';
import type { Format } from '../../core/format';
import { SUPERVISOR_URL } from '../../core/sync/homeAssistantUrl';
import type { SyncReport } from '../../core/sync/syncReport';
import { addsRows, summarizeSync } from '../../core/tree/summarizeSync';
import type { SourceChoice } from '../../protocol/databaseProtocol';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import type { HomeAssistantAccess } from '../homeAssistantAccess';
import { commandIds } from '../ids';
import { isWritable, mayWrite } from '../mayWrite';
import { offer, type Offer } from '../offer';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { syncSourceSetting } from '../settings';
import { showFault } from '../showFault';
import type { PendingSync, SyncPreview } from '../syncPreview';
import { chooseSource, type SyncSource } from '../syncSource';
import { withSyncProgress } from '../withSyncProgress';

/** A row that the command was run on; `source` where the question after it was answered already. */
export type SyncRequest = OfDatabase & { readonly source?: SyncSource };

export interface SyncParts {
  readonly databases: Databases;
  readonly preview: SyncPreview;
  readonly access: HomeAssistantAccess;
  readonly format: Format;
  readonly log: vscode.LogOutputChannel;
}

/** Reads history and shows what it would add; nothing is written before the user applies it. */
export async function sync(parts: SyncParts, request?: SyncRequest): Promise<void> {
  if (!mayWrite()) return;
  const session = await pickDatabase(parts.databases, request, vscode.l10n.t('Sync'));
  if (!session || !(await isWritable(session))) return;
  const source = request?.source ?? (await chooseSource(syncSourceSetting(), () => session.reader.findRecorder(), parts.format));
  if (!source) return;
  const choice = await complete(source, parts.access);
  if (!choice) return;
  await parts.preview.whileBusy(() => readAndPreview(parts, session, choice));
}

async function complete(source: SyncSource, access: HomeAssistantAccess): Promise<SourceChoice | undefined> {
  if (source.kind === 'recorder') return source;
  const { url, needsToken } = source;
  if (url !== undefined && needsToken) await access.forget(url);
  const chosen = await access.choose(url);
  return chosen && { kind: 'homeAssistant', ...chosen };
}

function withoutToken(choice: SourceChoice): SyncSource {
  return choice.kind === 'recorder' ? choice : { kind: 'homeAssistant', url: choice.url };
}

async function readAndPreview(parts: SyncParts, session: DatabaseSession, choice: SourceChoice): Promise<void> {
  const { info, path, reader } = session;
  const source = withoutToken(choice);
  await parts.preview.discard();
  let report: SyncReport;
  try {
    const title = vscode.l10n.t('Reading history for {0}', session.name);
    report = await withSyncProgress(title, parts.format, (how) => reader.planSync(choice, how));
  } catch (thrown) {
    return void showFault(commandIds.sync, thrown, parts.log, ...waysOut(path, source, thrown));
  }
  if (!addsRows(report)) {
    // One that takes up an interrupted sync has to end it, or every later one would start where that did.
    await (report.resumes ? reader.applySync() : reader.discardSync());
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
  const decide = (command: string) => () =>
    preview.pending === pending
      ? vscode.commands.executeCommand(command)
      : offer(
          'information',
          vscode.l10n.t('That sync preview is gone: it was applied or discarded, or its database was closed.'),
        );
  return [
    { title: vscode.l10n.t('Apply'), run: decide(commandIds.applySync) },
    { title: vscode.l10n.t('Discard'), run: decide(commandIds.discardSync) },
  ];
}

/** What may help after a reading that failed. */
function waysOut(database: string, source: SyncSource, thrown: unknown): readonly Offer[] {
  const syncFrom = (from: SyncSource) => () =>
    vscode.commands.executeCommand(commandIds.sync, { database, source: from } satisfies SyncRequest);
  switch (asOccupancyError(thrown).code) {
    case 'HOME_ASSISTANT_AUTH':
      return [{ title: vscode.l10n.t('Enter Another Token'), run: syncFrom(withAnotherToken(source)) }];
    case 'RECORDER':
      return [{ title: vscode.l10n.t('Sync over WebSocket'), run: syncFrom({ kind: 'homeAssistant' }) }];
    case 'HOME_ASSISTANT':
      return [
        { title: vscode.l10n.t('Retry'), run: syncFrom(source) },
        { title: vscode.l10n.t('Another Address'), run: syncFrom({ kind: 'homeAssistant' }) },
      ];
    case 'LOCK_TIMEOUT':
    case 'PLAN_LOST':
    case 'PROCESS_ENDED':
      return [{ title: vscode.l10n.t('Retry'), run: syncFrom(source) }];
    default:
      return [];
  }
}

/** The Supervisor's token is not the user's to replace: another address is asked for. */
function withAnotherToken(source: SyncSource): SyncSource {
  if (source.kind === 'recorder' || source.url === SUPERVISOR_URL) return { kind: 'homeAssistant' };
  return { ...source, needsToken: true };
}
