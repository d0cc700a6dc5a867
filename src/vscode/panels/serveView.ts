import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import { toErrorRecord } from '../../protocol/errorRecord';
import { readMessage, readParams, type RequestHandlers, type RequestSchemas, type ToView } from '../../protocol/viewProtocol';

/** Answers the requests of a page until it is disposed of; then what is under way is cancelled. */
export function serveView<R>(
  webview: vscode.Webview,
  schemas: RequestSchemas<R>,
  handlers: RequestHandlers<R>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const running = new Map<number, AbortController>();
  const post = (message: ToView): void => void webview.postMessage(message);

  const answer = async (id: number, request: string, given: unknown): Promise<void> => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      if (!Object.hasOwn(schemas, request)) throw new InvalidDataError(`The view asked for “${request}”.`, 'Open it again.');
      const method = request as keyof R;
      const params = readParams(schemas[method], given);
      post({ id, result: await handlers[method](params, abort.signal) });
    } catch (thrown) {
      const error = toErrorRecord(thrown);
      if (error.code !== 'CANCELLED') log.warn(`${request}: ${error.message}`);
      post({ id, error });
    } finally {
      running.delete(id);
    }
  };

  const subscription = webview.onDidReceiveMessage((received: unknown) => {
    const message = readMessage(received);
    if (!message) return log.warn('A view sent a message that is not understood; it is left aside.');
    if ('cancel' in message) return running.get(message.cancel)?.abort();
    return void answer(message.id, message.request, message.params);
  });
  return new vscode.Disposable(() => {
    subscription.dispose();
    for (const abort of running.values()) abort.abort();
  });
}
