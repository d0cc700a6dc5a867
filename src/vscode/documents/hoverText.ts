import * as vscode from 'vscode';

/** Facts for a hover, a line each, the first one apart. They are text: names come from the user's home. */
export function factsText(facts: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  facts.forEach((fact, index) => text.appendText(fact).appendMarkdown(index === 0 ? '\n\n' : '  \n'));
  return text;
}

/** A link in a hover that runs a command, which the text must be trusted with. @param icon id of a codicon */
export function commandLink(icon: string, title: string, command: string, argument: object): string {
  return `[$(${icon}) ${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
