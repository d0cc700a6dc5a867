import * as vscode from 'vscode';

/** What fires whenever one of two events does. */
export function either(one: vscode.Event<void>, other: vscode.Event<void>): vscode.Event<void> {
  return (listener, thisArgument, disposables) =>
    vscode.Disposable.from(one(listener, thisArgument, disposables), other(listener, thisArgument, disposables));
}
