import * as vscode from 'vscode';
import type { Format } from '../core/format';
import type { SyncProgress } from '../core/sync/syncProgress';
import { counted } from '../core/tree/presentation';

export interface Cancellable {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SyncProgress) => void;
}

/** Runs `work` behind a notification that tells how far it has come; Cancel aborts its signal. */
export async function withSyncProgress<T>(title: string, format: Format, work: (how: Cancellable) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (bar, token) => {
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    let shown = 0;
    const onProgress = ({ phase, done, fraction }: SyncProgress): void => {
      const message =
        phase === 'reading'
          ? `${counted(done, 'state', 'states', format)} read`
          : `${counted(done, 'row', 'rows', format)} written`;
      const percent = Math.max(shown, Math.min(100, fraction * 100));
      bar.report({ message, increment: percent - shown });
      shown = percent;
    };
    try {
      return await work({ signal: abort.signal, onProgress });
    } finally {
      subscription.dispose();
    }
  });
}
