import { fault } from '../fakeWorld';
import type { Answer, Operation } from './operations';

/** What a process does next: the call that it waits for, or its end. */
export type Intent = { readonly operation: Operation } | { readonly end: true; readonly error?: unknown };

/** Thrown into a run that has shown its next call, to end it. Nothing that it does afterwards has any effect. */
const STOPPED = new Error('The run was stopped before this call.');

/** How a program reaches the world. */
export interface Calls {
  /** A call that the process makes without letting go of its thread. */
  now(operation: Operation): unknown;
  /** A call that it awaits. */
  later(operation: Operation): Promise<void>;
}

export type Program = (calls: Calls) => Promise<void>;

/** A point in the life of a process: all the answers that it has had so far. */
export class Progress {
  readonly id: number;
  readonly #process: ReplayedProcess;
  readonly #parent: Progress | undefined;
  readonly #answer: Answer | undefined;
  readonly #children = new Map<string, Progress>();
  #intent: Intent | undefined;

  constructor(process: ReplayedProcess, id: number, parent?: Progress, answer?: Answer) {
    this.id = id;
    this.#process = process;
    this.#parent = parent;
    this.#answer = answer;
  }

  /** Where the process is once its present call was given this answer. */
  after(answer: Answer): Progress {
    const key = answerKey(answer);
    let child = this.#children.get(key);
    if (!child) {
      child = this.#process.progress(this, answer);
      this.#children.set(key, child);
    }
    return child;
  }

  get known(): Intent | undefined {
    return this.#intent;
  }

  async intent(): Promise<Intent> {
    this.#intent ??= await this.#process.run(this.#answers());
    return this.#intent;
  }

  #answers(answers: Answer[] = []): Answer[] {
    if (this.#parent) this.#parent.#answers(answers);
    if (this.#answer) answers.push(this.#answer);
    return answers;
  }
}

/**
 * A process whose synchronous code can be stopped before any of its calls: since it depends on nothing but their answers, it
 * is run anew with the answers that it has had, up to the first call that has none.
 */
export class ReplayedProcess {
  readonly start: Progress;
  readonly #program: Program;
  #count = 0;
  /** How many different points of its life were seen. */
  get points(): number {
    return this.#count;
  }

  constructor(program: Program) {
    this.#program = program;
    this.start = this.progress();
  }

  progress(parent?: Progress, answer?: Answer): Progress {
    return new Progress(this, this.#count++, parent, answer);
  }

  run(answers: readonly Answer[]): Promise<Intent> {
    return new Promise((resolve) => {
      let position = 0;
      let isStopped = false;
      const next = (operation: Operation): Answer | undefined => {
        if (!isStopped && position < answers.length) return answers[position++];
        if (!isStopped) resolve({ operation });
        isStopped = true;
        return undefined;
      };
      const calls: Calls = {
        now(operation) {
          const answer = next(operation);
          if (!answer) throw STOPPED;
          if (answer.fault !== undefined) throw fault(answer.fault);
          return answer.value;
        },
        async later(operation) {
          if (!next(operation)) await new Promise<never>(() => undefined);
        },
      };
      // Once it has been stopped, how it ends says nothing: resolving a second time has no effect.
      this.#program(calls).then(
        () => resolve({ end: true }),
        (error: unknown) => resolve({ end: true, error }),
      );
    });
  }
}

function answerKey({ value, fault: code }: Answer): string {
  if (code !== undefined) return `!${code}`;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? '';
}
