import * as vscode from 'vscode';
import type { Format } from '../../core/format';
import { areasAnswer } from '../../core/tools/areasAnswer';
import { checkAnswer, checkChoice } from '../../core/tools/checkAnswer';
import { lockAnswer } from '../../core/tools/lockAnswer';
import { timelineAnswer } from '../../core/tools/timelineAnswer';
import type { Databases } from '../databases';
import { toolIds } from '../ids';
import { DatabaseTool, type ToolWork } from './databaseTool';

/** The tools that language models may call, by id; each is registered as long as this is not disposed of. */
export class LanguageModelTools implements vscode.Disposable {
  readonly #tools: ReadonlyMap<string, DatabaseTool>;
  readonly #registrations: readonly vscode.Disposable[];

  constructor(databases: Databases, format: Format, log: vscode.LogOutputChannel) {
    const works = Object.entries(toolWorks(format));
    this.#tools = new Map(works.map(([id, work]) => [id, new DatabaseTool(databases, work, log)]));
    this.#registrations = [...this.#tools].map(([id, tool]) => vscode.lm.registerTool(id, tool));
  }

  get(id: string): DatabaseTool | undefined {
    return this.#tools.get(id);
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }
}

/** Each tool by its id. */
function toolWorks(format: Format): Readonly<Record<(typeof toolIds)[keyof typeof toolIds], ToolWork>> {
  return {
    [toolIds.getAreas]: {
      invocationMessage: vscode.l10n.t('Reading areas'),
      title: vscode.l10n.t('Read areas'),
      question: vscode.l10n.t(
        'The language model is told names, settings and learned priors of the areas in your home, and of their entities where it asks for one area. Nothing is changed.',
      ),
      answer: async ({ reader }, input) => {
        const [areas, entities, names] = await Promise.all([reader.getAreas(), reader.getEntities(), reader.getFriendlyNames()]);
        return areasAnswer({ areas, entities, names }, input);
      },
    },
    [toolIds.getAreaTimeline]: {
      invocationMessage: vscode.l10n.t('Reading what an area did'),
      title: vscode.l10n.t('Read a timeline'),
      question: vscode.l10n.t(
        'The language model is told when an area of your home was occupied, and what its sensors recorded. Nothing is changed.',
      ),
      answer: ({ reader }, input) => timelineAnswer(reader, input, Date.now()),
    },
    [toolIds.getLockState]: {
      invocationMessage: vscode.l10n.t('Looking at the lock'),
      title: vscode.l10n.t('Look at the lock'),
      question: vscode.l10n.t('The language model is told who holds the lock of the occupancy database. Nothing is changed.'),
      answer: async ({ reader }, _input, signal) => lockAnswer(await reader.inspectLock(signal)),
    },
    [toolIds.checkDatabase]: {
      invocationMessage: vscode.l10n.t('Checking the occupancy database'),
      title: vscode.l10n.t('Check the database'),
      question: vscode.l10n.t(
        'The whole database is read, which takes a while for a large one. The language model is told what was found, with some rows as examples. Nothing is changed.',
      ),
      answer: async ({ reader }, input, signal) => {
        const choice = checkChoice(input);
        return checkAnswer(await reader.jobs.checkIntegrity({ signal }), choice, format);
      },
    },
  };
}
