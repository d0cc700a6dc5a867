import * as vscode from 'vscode';

export interface TextFilter {
  /** Whose focus command shows the view: folded away, it would show nothing of what is typed. */
  readonly viewId: string;
  readonly title: string;
  readonly placeholder: string;
  readonly before: string;
  readonly apply: (text: string) => Promise<void>;
}

/** Narrows a view while the user types; Escape brings back what was there before. */
export async function typeFilter({ viewId, title, placeholder, before, apply }: TextFilter): Promise<void> {
  await vscode.commands.executeCommand(`${viewId}.focus`);
  const input = vscode.window.createInputBox();
  input.title = title;
  input.placeholder = placeholder;
  input.value = before;
  await new Promise<void>((resolve) => {
    let accepted = false;
    input.onDidChangeValue((text) => void apply(text));
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      void apply(accepted ? input.value : before).finally(resolve);
      input.dispose();
    });
    input.show();
  });
}
