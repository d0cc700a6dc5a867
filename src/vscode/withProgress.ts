import * as vscode from 'vscode';
import { signalOf } from './signalOf';

/** What a work that takes a while is given. */
export interface UnderWay {
  /** Aborts when the user cancels. */
  readonly signal: AbortSignal;
  /** Says how far it has come. */
  readonly report: (progress: { readonly message: string; readonly increment?: number }) => void;
}

/** Runs `work` behind a notification that tells how far it has come, and can be cancelled. */
export async function withProgress<T>(title: string, work: (how: UnderWay) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (bar, token) =>
    work({ signal: signalOf(token), report: (progress) => bar.report(progress) }),
  );
}
