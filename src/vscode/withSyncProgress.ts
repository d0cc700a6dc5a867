import type { SyncOptions } from '../client/remoteDatabase';
import type { Format } from '../core/format';
import type { SyncProgress } from '../core/sync/syncProgress';
import { counted } from '../core/tree/presentation';
import { withProgress } from './withProgress';

/** Runs a reading or writing of a sync behind a notification that tells how far it has come; Cancel aborts its signal. */
export async function withSyncProgress<T>(
  title: string,
  format: Format,
  work: (how: Required<SyncOptions>) => Promise<T>,
): Promise<T> {
  return withProgress(title, ({ signal, report }) => {
    let shown = 0;
    const onProgress = ({ phase, done, fraction }: SyncProgress): void => {
      const message =
        phase === 'reading'
          ? `${counted(done, 'state', 'states', format)} read`
          : `${counted(done, 'row', 'rows', format)} written`;
      const percent = Math.max(shown, Math.min(100, fraction * 100));
      report({ message, increment: percent - shown });
      shown = percent;
    };
    return work({ signal, onProgress });
  });
}
