import * as vscode from 'vscode';

/** A button of a message, and what it does. */
export interface Offer {
  readonly title: string;
  run(): unknown;
}

const shows = {
  information: (text: string, ...buttons: string[]) => vscode.window.showInformationMessage(text, ...buttons),
  warning: (text: string, ...buttons: string[]) => vscode.window.showWarningMessage(text, ...buttons),
  error: (text: string, ...buttons: string[]) => vscode.window.showErrorMessage(text, ...buttons),
} as const;

/** Shows a message that waits for no answer, and does what the button says that is pressed. */
export async function offer(severity: keyof typeof shows, text: string, ...offers: readonly Offer[]): Promise<void> {
  const chosen = await shows[severity](text, ...offers.map(({ title }) => title));
  await offers.find(({ title }) => title === chosen)?.run();
}
