import { resolve } from 'node:path';
import { throwIfAborted } from '../../core/errors';
import type { Clock } from '../../core/ports/clock';
import type { RecorderQueries } from '../../core/sql/recorderQueries';
import { probeRecorder } from '../../core/sync/probeRecorder';
import type { HistoryRequest, ReadOptions, StateBatch, StateSource } from '../../core/sync/stateSource';
import type { MountProbe } from '../database/networkMount';
import { openSqlite } from '../database/openSqlite';
import type { SqliteReader } from '../database/sqliteConnection';
import { whileBusy } from '../database/whileBusy';
import { systemClock } from '../systemClock';
import { recorderError } from './recorderErrors';
import { RecorderHistory } from './recorderHistory';

export interface RecorderOptions {
  /** How long a read waits for a connection that shuts all others out, ms; 5000. */
  readonly patience?: number;
  readonly clock?: Clock;
  readonly mountProbe?: MountProbe;
}

/**
 * Home Assistant's recorder in a SQLite file, `<config>/home-assistant_v2.db`, which may be in use. Reading throws
 * RecorderError, CancelledError.
 */
export function recorderFile(path: string, options: RecorderOptions = {}): StateSource {
  return new RecorderSource(resolve(path), options);
}

class RecorderSource implements StateSource {
  readonly title: string;
  readonly #clock: Clock;
  readonly #patience: number;
  readonly #mountProbe: MountProbe | undefined;

  constructor(path: string, { clock = systemClock, patience = 5000, mountProbe }: RecorderOptions) {
    this.title = path;
    this.#clock = clock;
    this.#patience = patience;
    this.#mountProbe = mountProbe;
  }

  async *read(request: HistoryRequest, { signal, onProgress }: ReadOptions = {}): AsyncGenerator<StateBatch> {
    const path = this.title;
    const [clock, patience, mountProbe] = [this.#clock, this.#patience, this.#mountProbe];
    try {
      const look = (reader: SqliteReader): RecorderQueries => probeRecorder(reader, path);
      const { reader, found: queries } = await openSqlite(path, look, { clock, patience, signal, mountProbe });
      try {
        const retry = <T>(attempt: () => T): Promise<T> =>
          whileBusy(attempt, { clock, path, deadline: clock.monotonic() + patience, signal });
        const history = new RecorderHistory({ reader, queries, request, retry, clock });
        let states = 0;
        for await (const { entityId, changes, fraction } of history.pieces()) {
          throwIfAborted(signal, 'The sync');
          states += changes.length;
          onProgress?.({ states, fraction });
          if (changes.length > 0) yield { entityId, changes };
        }
      } finally {
        reader.close();
      }
    } catch (error) {
      throw recorderError(error, path);
    }
  }
}
