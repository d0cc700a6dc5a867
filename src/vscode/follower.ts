import type * as vscode from 'vscode';

/** ms between two times that a view is drawn anew: commits may come many times a second, and a view is many reads. */
const PERIOD = 1000;

/** Lets a view follow its database: tells of changes after a while, once for all that came meanwhile. */
export class Follower implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #waiting: NodeJS.Timeout | undefined;

  constructor(onDidChange: vscode.Event<void>, follow: () => void) {
    this.#subscription = onDidChange(() => {
      this.#waiting ??= setTimeout(() => {
        this.#waiting = undefined;
        follow();
      }, PERIOD);
    });
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#subscription.dispose();
  }
}
