import { throwIfAborted } from '../../core/errors';
import { historyMessage, readAnswer } from '../../core/sync/historyMessages';
import { groupEntities, halve, historyDays, type EntityGroup, type HistoryPiece } from '../../core/sync/historyPieces';
import { parseHomeAssistantUrl, type HomeAssistantUrl } from '../../core/sync/homeAssistantUrl';
import type { HistoryRequest, ReadOptions, StateBatch, StateSource } from '../../core/sync/stateSource';
import { AnswerTooLargeError } from './homeAssistantFaults';
import type { HomeAssistantLink } from './homeAssistantLink';

export interface HomeAssistantOptions {
  /** s for the connection with its log-in; 10 */
  readonly connectTimeout?: number;
  /** s for each request; 60 */
  readonly requestTimeout?: number;
  /** s before each try to reconnect, after which it is given up; 1, 2, 4, 8, 16 */
  readonly retryDelays?: readonly number[];
}

/**
 * Home Assistant's history over its WebSocket API, whichever database its recorder uses.
 * @param url as users write it; a nonsensical one throws InvalidDataError
 * @param token a long-lived access token, or the Supervisor's
 */
export function homeAssistant(url: string, token: string, options: HomeAssistantOptions = {}): StateSource {
  return new HomeAssistantSource(parseHomeAssistantUrl(url), token.trim(), options);
}

class HomeAssistantSource implements StateSource {
  readonly #url: HomeAssistantUrl;
  readonly #token: string;
  readonly #options: HomeAssistantOptions;

  constructor(url: HomeAssistantUrl, token: string, options: HomeAssistantOptions) {
    this.#url = url;
    this.#token = token;
    this.#options = options;
  }

  get title(): string {
    return this.#url.host;
  }

  async *read(request: HistoryRequest, { signal, onProgress }: ReadOptions = {}): AsyncGenerator<StateBatch> {
    const { connectTimeout = 10, requestTimeout = 60, retryDelays = [1, 2, 4, 8, 16] } = this.#options;
    const limits = { connectTimeout, requestTimeout, retryDelays };
    // Loaded when it is wanted: with the TLS beneath it, it takes 4 MB of a process that mostly reads one file.
    const { HomeAssistantLink } = await import('./homeAssistantLink');
    const link = new HomeAssistantLink({ url: this.#url, token: this.#token, signal, ...limits });
    const cancel = (): void => link.close();
    signal?.addEventListener('abort', cancel, { once: true });
    let states = 0;
    try {
      await link.open();
      for await (const { batches, fraction } of readPieces(link, request)) {
        for (const batch of batches) {
          throwIfAborted(signal, 'The sync');
          states += batch.changes.length;
          yield batch;
        }
        onProgress?.({ states, fraction });
      }
      throwIfAborted(signal, 'The sync');
    } finally {
      signal?.removeEventListener('abort', cancel);
      link.close();
    }
  }
}

interface ReadPiece {
  readonly batches: Iterable<StateBatch>;
  /** Of all pieces, with this one, 0–1. */
  readonly fraction: number;
}

/** Day by day, each in as many pieces as it takes; the groups that answers turned out to be too large for stay halved. */
async function* readPieces(link: HomeAssistantLink, request: HistoryRequest): AsyncGenerator<ReadPiece> {
  const days = historyDays(request.start, request.end);
  let groups = groupEntities(request);
  for (const [day, { from, to }] of days.entries()) {
    const pieces = groups.map((group): HistoryPiece => ({ group, from, to }));
    for (let index = 0; index < pieces.length;) {
      const piece = pieces[index] as HistoryPiece;
      let answer: unknown;
      try {
        answer = await link.ask(historyMessage(piece, request.start));
      } catch (error) {
        const halves = error instanceof AnswerTooLargeError ? halve(piece) : undefined;
        if (!halves) throw error;
        pieces.splice(index, 1, ...halves);
        continue;
      }
      index += 1;
      yield { batches: readAnswer(answer, piece, request), fraction: (day + index / pieces.length) / days.length };
    }
    groups = [...new Set(pieces.map(({ group }): EntityGroup => group))];
  }
}
