import * as vscode from 'vscode';
import { viewIds } from '../ids';
import type { ViewOptions } from '../viewOptions';

/** Narrows the Entities view while the user types; Escape brings back what was there before. */
export async function filterEntities(options: ViewOptions, refresh: () => Promise<void>): Promise<void> {
  // Folded away, the view would show nothing of what is typed.
  await vscode.commands.executeCommand(`${viewIds.entities}.focus`);
  const before = options.entities.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Entities');
  input.placeholder = vscode.l10n.t('Part of an id, name, type or area');
  input.value = before;
  const apply = async (text: string): Promise<void> => {
    await options.filterEntities(text);
    await refresh();
  };
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
