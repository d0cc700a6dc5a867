import type { CancelMessage, FromDatabase, RequestMessage, ToDatabase } from '../protocol/databaseProtocol';
import { toErrorRecord } from '../protocol/errorRecord';
import { DatabaseService } from './databaseService';

/** Entry of the database process: turns messages of the parent into calls of DatabaseService, and its events into messages. */
const service = new DatabaseService((event) => send(event));
const running = new Map<number, AbortController>();

function send(message: FromDatabase): void {
  // The parent may be gone already; then 'disconnect' ends us and nobody misses the message.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

async function answer({ id, method, params }: RequestMessage): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  try {
    send({ id, result: await service.handle(method, params, abort.signal) });
  } catch (error) {
    send({ id, error: toErrorRecord(error) });
  } finally {
    running.delete(id);
  }
}

process.on('message', (message: ToDatabase) => {
  if (isCancel(message)) running.get(message.cancel)?.abort();
  else void answer(message);
});

function isCancel(message: ToDatabase): message is CancelMessage {
  return 'cancel' in message;
}

/** ms for closing what is open. Nobody is there to see that it takes longer; a read may wait for the lock for that long. */
const TIME_TO_CLOSE = 1000;

process.on('disconnect', () => {
  for (const abort of running.values()) abort.abort();
  setTimeout(() => process.exit(0), TIME_TO_CLOSE);
  void service.close().finally(() => process.exit(0));
});
