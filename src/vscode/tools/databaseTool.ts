import * as vscode from 'vscode';
import { asOccupancyError, CancelledError } from '../../core/errors';
import type { ToolInput } from '../../core/tools/toolInput';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import { signalOf } from '../signalOf';
import { openForTool } from './openForTool';

export interface ToolWork {
  /** What the user reads while it runs, and before it does: what of the home the model is told. */
  readonly invocationMessage: string;
  readonly title: string;
  readonly question: string;
  readonly answer: (session: DatabaseSession, input: ToolInput, signal: AbortSignal) => Promise<object>;
}

/** A tool that answers from one database as JSON. It only reads, so Restricted Mode allows it. */
export class DatabaseTool implements vscode.LanguageModelTool<ToolInput> {
  readonly #databases: Databases;
  readonly #work: ToolWork;
  readonly #log: vscode.LogOutputChannel;

  constructor(databases: Databases, work: ToolWork, log: vscode.LogOutputChannel) {
    this.#databases = databases;
    this.#work = work;
    this.#log = log;
  }

  prepareInvocation(): vscode.PreparedToolInvocation {
    const { invocationMessage, title, question } = this.#work;
    return { invocationMessage, confirmationMessages: { title, message: question } };
  }

  async invoke(
    { input }: Pick<vscode.LanguageModelToolInvocationOptions<ToolInput>, 'input'>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const signal = signalOf(token);
    try {
      const session = await openForTool(this.#databases, input ?? {});
      const answer = await this.#work.answer(session, input ?? {}, signal);
      if (signal.aborted) throw new CancelledError(this.#work.title);
      const text = JSON.stringify({ database: session.path, ...answer }, null, 1);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    } catch (thrown) {
      const { code, message, nextStep } = asOccupancyError(thrown);
      if (code === 'CANCELLED') throw new vscode.CancellationError();
      this.#log.debug(`${this.#work.title}: ${message}`);
      // What the model reads of an error is its message alone.
      throw new Error(`${code}: ${message} ${nextStep}`, { cause: thrown });
    }
  }
}
