import type { JobOptions } from '../client/databaseJobs';
import type { Format } from '../core/format';
import type { JobProgress } from '../protocol/databaseProtocol';
import { withProgress } from './withProgress';
import * as vscode from 'vscode';

/** Runs what takes long behind a notification that tells how far it has come; Cancel aborts its signal. */
export function withJobProgress<T>(title: string, format: Format, work: (how: Required<JobOptions>) => Promise<T>): Promise<T> {
  return withProgress(title, ({ signal, report }) => {
    const onProgress = ({ stage, fraction }: JobProgress): void => {
      const done = fraction === null ? '' : `, ${format.percent(Math.floor(fraction * 100) / 100)}`;
      report({ message: `${stages()[stage]}${done}` });
    };
    return work({ signal, onProgress });
  });
}

function stages(): Readonly<Record<JobProgress['stage'], string>> {
  return {
    pages: vscode.l10n.t('reading every page'),
    indexes: vscode.l10n.t('holding indexes against rows'),
    tables: vscode.l10n.t('looking at areas and entities'),
    intervals: vscode.l10n.t('looking at intervals'),
    copying: vscode.l10n.t('copying'),
    reading: vscode.l10n.t('reading what can be read'),
    building: vscode.l10n.t('building indexes'),
    verifying: vscode.l10n.t('verifying'),
  };
}
