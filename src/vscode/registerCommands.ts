import * as vscode from 'vscode';
import { showFault } from './showFault';

export type CommandMap = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Registers commands behind one error boundary: cancelled says nothing, anything else tells what to do next; the stack goes to the log. */
export function registerCommands(map: CommandMap, log: vscode.LogOutputChannel): vscode.Disposable {
  const registrations = Object.entries(map).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        void showFault(id, error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
