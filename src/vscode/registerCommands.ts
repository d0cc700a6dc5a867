import * as vscode from 'vscode';
import { asOccupancyError } from '../core/errors';

export type CommandMap = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Registers commands behind one error boundary: cancelled says nothing, anything else tells what to do next; the stack goes to the log. */
export function registerCommands(map: CommandMap, log: vscode.LogOutputChannel): vscode.Disposable {
  const registrations = Object.entries(map).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        void showError(id, error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

async function showError(id: string, thrown: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const error = asOccupancyError(thrown);
  if (error.code === 'CANCELLED') return;
  log.error(`${id}: ${error.cause instanceof Error ? error.cause.stack : error.stack}`);
  const showLog = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(`${error.message} ${error.nextStep}`, showLog);
  if (chosen === showLog) log.show();
}
