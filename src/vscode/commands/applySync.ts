import * as vscode from 'vscode';
import { asOccupancyError, ProcessEndedError, type ErrorCode } from '../../core/errors';
import type { Format } from '../../core/format';
import { localDay, utcMicroseconds } from '../../core/time';
import type { SyncReport } from '../../core/sync/syncReport';
import { addsRows, describeRows } from '../../core/tree/summarizeSync';
import { commandIds } from '../ids';
import { offer, type Offer } from '../offer';
import type { OfDatabase } from '../pickDatabase';
import { showFault } from '../showFault';
import type { PendingSync, SyncPreview } from '../syncPreview';
import { withSyncProgress } from '../withSyncProgress';
import type { TimelineOf } from './showTimeline';
import type { SyncRequest } from './sync';

export interface ApplyParts {
  readonly preview: SyncPreview;
  readonly format: Format;
  /** IANA name. */
  readonly timeZone: string;
  readonly log: vscode.LogOutputChannel;
}

const PARTLY_WRITTEN = 'Rows that were written before that stay; sync again to add the rest.';

/** Writes what the preview shows. It asks nothing more: the preview was the question. */
export async function applySync({ preview, format, timeZone, log }: ApplyParts): Promise<void> {
  const { pending } = preview;
  if (!pending) return offer('information', vscode.l10n.t('There is no sync preview to apply. Run Sync first.'));
  await preview.whileBusy(async () => {
    const { reader, name } = pending.session;
    try {
      const report = await withSyncProgress(vscode.l10n.t('Syncing {0}', name), format, (how) => reader.applySync(how));
      await preview.close();
      void offer('information', addedText(report, name, format), ...showAdded(pending, timeZone));
    } catch (thrown) {
      const { code, message, nextStep } = asOccupancyError(thrown);
      // Rows may be in already: who cancels a writing hears what came of it.
      if (code === 'CANCELLED') return void offer('information', `${message} ${nextStep}`);
      const isLost = code === 'PLAN_LOST' || code === 'PROCESS_ENDED' || !preview.isCurrent;
      if (isLost) await preview.close();
      const fault = code === 'PROCESS_ENDED' ? new ProcessEndedError(message, PARTLY_WRITTEN) : thrown;
      void showFault(commandIds.applySync, fault, log, ...(isLost ? [syncAgain(pending)] : applyAgain(pending, code)));
    }
  });
}

function addedText({ written, ...planned }: SyncReport, name: string, format: Format): string {
  const rows = written ?? { intervals: 0, samples: 0 };
  const missed = planned.intervals.added + planned.samples.added - rows.intervals - rows.samples;
  const others = missed > 0 ? ` ${vscode.l10n.t('Others had written the rest by then.')}` : '';
  return `${vscode.l10n.t('Added {0} to {1}.', describeRows(rows, format), name)}${others}`;
}

/** Where the user finds what was added. */
function showAdded({ session, report }: PendingSync, timeZone: string): readonly Offer[] {
  const area = report.areas.find(addsRows);
  if (!area || report.intervals.added === 0) return [];
  const day = localDay(utcMicroseconds(report.end) / 1000, timeZone);
  const of: TimelineOf = { database: session.path, subject: { areas: [area.areaName] }, day };
  const run = (): unknown => vscode.commands.executeCommand(commandIds.showTimeline, of);
  return [{ title: vscode.l10n.t('Show Timeline'), run }];
}

function syncAgain({ session, source }: PendingSync): Offer {
  const request: SyncRequest = { database: session.path, source };
  return { title: vscode.l10n.t('Sync Again'), run: () => vscode.commands.executeCommand(commandIds.sync, request) };
}

function applyAgain({ session }: PendingSync, code: ErrorCode): readonly Offer[] {
  const of: OfDatabase = { database: session.path };
  const retry = { title: vscode.l10n.t('Retry'), run: () => vscode.commands.executeCommand(commandIds.applySync) };
  const showLock = { title: vscode.l10n.t('Show Lock'), run: () => vscode.commands.executeCommand(commandIds.showLock, of) };
  return code.startsWith('LOCK_') ? [retry, showLock] : [retry];
}
