import type { Operation } from './operations';
import { perform } from './operations';
import { NextRun } from './nextRun';
import type { Intent, Progress } from './replay';
import { ReplayedProcess } from './replay';
import type { Scenario } from './scenario';
import { judgeCall, judgeLeavings } from './verdicts';
import type { ModelProcess, World } from './world';
import { copyWorld, emptyWorld, killProcess, LOCK, START, worldKey } from './world';

export interface Exploration {
  /** Different states of the world and the processes. */
  readonly states: number;
  /** Ways from the beginning to an end: complete schedules. */
  readonly schedules: number;
  /** Steps of the longest schedule. */
  readonly longest: number;
  /** Steps of the shortest schedule. */
  readonly shortest: number;
  /** How the processes ended, and in how many schedules. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly violation: Violation | undefined;
}

export interface Violation {
  readonly rule: string;
  /** One line for each step that led there. */
  readonly schedule: readonly string[];
}

interface Trace {
  readonly line: string;
  readonly before: Trace | undefined;
}

interface State {
  readonly world: World;
  readonly progress: readonly Progress[];
  readonly last: number;
  readonly preemptions: number;
  readonly kills: number;
  readonly isPaused: boolean;
  readonly trace: Trace | undefined;
  schedules: number;
}

/**
 * Follows every schedule of a scenario, step by step, all those of one length before any longer one: a violation is found by
 * its shortest schedule. Schedules that lead to the same state are followed together, and counted.
 */
export class Explorer {
  readonly #scenario: Scenario;
  readonly #processes: readonly ReplayedProcess[];
  readonly #nextRun = new NextRun();
  #next = new Map<string, State>();
  #violation: Violation | undefined;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#processes = scenario.participants.map(({ program }) => new ReplayedProcess(program));
  }

  /** @param mostStates to give up at, for a scenario that is larger than was thought */
  async explore(mostStates = Infinity): Promise<Exploration> {
    const { participants, arrange, kills, preemptions } = this.#scenario;
    const world = emptyWorld(participants);
    arrange(world);
    const outcomes = new Map<string, number>();
    const progress = this.#processes.map(({ start }) => start);
    const first: State = { world, progress, last: -1, preemptions, kills, isPaused: false, trace: undefined, schedules: 1 };
    for (const index of progress.keys()) await this.#arrive(world, first.progress as Progress[], index);
    let layer: State[] = [first];
    let [states, schedules, shortest, depth] = [0, 0, 0, 0];
    while (layer.length > 0 && !this.#violation) {
      this.#next = new Map();
      for (const state of layer) {
        states++;
        if (states > mostStates) throw new Error(`${this.#scenario.name}: more than ${mostStates} states`);
        if (await this.#follow(state)) continue;
        schedules += state.schedules;
        shortest ||= depth;
        const outcome = outcomeOf(state.world);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + state.schedules);
        const rule = judgeLeavings(state.world, state.isPaused) ?? (await this.#nextRun.judge(state.world));
        if (rule) this.#blame(rule, state.trace);
        if (this.#violation) break;
      }
      layer = [...this.#next.values()];
      depth++;
    }
    return { states, schedules, longest: depth - 1, shortest, outcomes, violation: this.#violation };
  }

  /** Takes every step that is possible here. @returns false at the end of a schedule */
  async #follow(state: State): Promise<boolean> {
    const { world, progress } = state;
    const intents = progress.map((at) => at.known);
    const running = world.processes.flatMap((process, index) => (process.isAlive && isGoingOn(intents[index]) ? [index] : []));
    if (running.length === 0) return false;
    const ready = this.#ready(world, intents, running);
    for (const index of ready) {
      const isPreempted = state.last !== index && ready.includes(state.last) && !isAsleep(world, intents, state.last);
      const preemptions = state.preemptions - (isPreempted ? 1 : 0);
      if (preemptions >= 0) await this.#step(state, index, preemptions);
    }
    if (state.kills > 0) for (const index of running) if (!world.processes[index]?.threadOf) await this.#kill(state, index);
    if (this.#scenario.pause !== undefined && !state.isPaused) this.#pause(state, this.#scenario.pause);
    return true;
  }

  /** Those whose next step may be taken now. */
  #ready(world: World, intents: readonly (Intent | undefined)[], running: readonly number[]): number[] {
    const awake = running.filter((index) => !isAsleep(world, intents, index));
    if (this.#scenario.pace === 'slow') return [...running];
    if (awake.length > 0) return awake;
    const due = Math.min(...running.map((index) => world.processes[index]?.due ?? 0));
    return running.filter((index) => world.processes[index]?.due === due);
  }

  async #step(state: State, index: number, preemptions: number): Promise<void> {
    const world = copyWorld(state.world);
    const progress = [...state.progress];
    const intent = progress[index]?.known;
    const process = world.processes[index];
    if (!intent || !('operation' in intent) || !process) throw new Error('only what can go on is stepped');
    const trace = this.#act(world, progress, index, intent.operation, state.trace);
    const end = await this.#arrive(world, progress, index, trace, intent.operation);
    this.#reach({ ...state, world, progress, last: index, preemptions, trace: end });
  }

  /** One call, and what it says about the rules. */
  #act(world: World, progress: Progress[], index: number, operation: Operation, before: Trace | undefined): Trace {
    const process = world.processes[index]!;
    const rule = judgeCall(world, process, operation, this.#scenario.residuals);
    const answer = perform(world, process, operation);
    const trace = { line: lineOf(world, process, operation, answer.fault), before };
    if (rule) this.#blame(rule, trace);
    progress[index] = progress[index]!.after(answer);
    return trace;
  }

  /** Goes on through what concerns nobody else, up to the next step; that becomes known. */
  async #arrive(world: World, progress: Progress[], index: number, trace?: Trace, last?: Operation): Promise<Trace | undefined> {
    let [at, previous] = [trace, last];
    for (;;) {
      // A promise for each of a hundred thousand steps would cost more than the steps.
      const intent = progress[index]!.known ?? (await progress[index]!.intent());
      const process = world.processes[index]!;
      if (!('operation' in intent)) {
        if ('error' in intent) this.#blame(`${process.name} failed: ${String(intent.error)}`, at);
        return at;
      }
      const { operation } = intent;
      if (operation.name === 'sleep' || operation.name === 'wait') process.due = world.time + operation.ms;
      if (!this.#isQuiet(world, process, operation, previous)) return at;
      at = this.#act(world, progress, index, operation, at);
      previous = operation;
    }
  }

  /** Calls that no other process can notice, nor be noticed by: they belong to the step before them. */
  #isQuiet({ guard }: World, process: ModelProcess, { name }: Operation, previous: Operation | undefined): boolean {
    switch (name) {
      case 'readOwner':
      case 'writeOwner':
        // Only the guard's holder uses the record; but a kill may come before it is written.
        return this.#scenario.kills === 0 && guard === process.name;
      case 'enter':
      case 'commit':
      case 'leave':
      case 'result':
      case 'beginBeats':
      case 'unwatch':
        return true;
      case 'time':
        return previous?.name === 'time' || (this.#scenario.pace === 'prompt' && this.#scenario.pause === undefined);
      case 'lost':
        return this.#scenario.pause === undefined && this.#scenario.participants.every(({ threadOf }) => !threadOf);
      case 'endBeats':
        return this.#scenario.participants.every(({ threadOf }) => !threadOf);
      default:
        return false;
    }
  }

  async #kill(state: State, index: number): Promise<void> {
    const world = copyWorld(state.world);
    const process = world.processes[index]!;
    killProcess(world, process);
    const trace = { line: `${process.name} is killed`, before: state.trace };
    this.#reach({ ...state, world, kills: state.kills - 1, last: -1, trace });
  }

  #pause(state: State, ms: number): void {
    const world = copyWorld(state.world);
    world.time += ms;
    this.#reach({
      ...state,
      world,
      isPaused: true,
      trace: { line: `the machine stands still for ${ms / 1000} s`, before: state.trace },
    });
  }

  #reach(state: State): void {
    const { world, progress, preemptions, kills, isPaused, last } = state;
    const turn = Number.isFinite(preemptions) ? `${last},${preemptions}` : '';
    const points = progress.map(({ id }, index) => (world.processes[index]?.isAlive ? id : 'x')).join(' ');
    const key = `${points}|${turn}|${kills}|${isPaused}|${worldKey(world)}`;
    const known = this.#next.get(key);
    if (known) known.schedules += state.schedules;
    else this.#next.set(key, state);
  }

  #blame(rule: string, trace: Trace | undefined): void {
    if (this.#violation) return;
    const schedule: string[] = [];
    for (let at = trace; at; at = at.before) schedule.push(at.line);
    this.#violation = { rule, schedule: schedule.toReversed() };
  }
}

function isGoingOn(intent: Intent | undefined): boolean {
  return intent !== undefined && 'operation' in intent;
}

function isAsleep(world: World, intents: readonly (Intent | undefined)[], index: number): boolean {
  const intent = intents[index];
  const process = world.processes[index];
  if (!process || !intent || !('operation' in intent)) return false;
  const { name } = intent.operation;
  return (name === 'sleep' || (name === 'wait' && !process.isTouched)) && process.due > world.time;
}

function outcomeOf({ processes }: World): string {
  const ends = processes.map(({ name, isAlive, results }) => `${name} ${isAlive ? results.join('+') || 'done' : 'killed'}`);
  return ends.join(', ');
}

function lineOf({ time }: World, { name }: ModelProcess, operation: Operation, faultOf: string | undefined): string {
  const { name: call, ...details } = operation;
  const words = Object.values(details).flatMap((value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value).replace(LOCK, '.lock')] : [],
  );
  return `${((time - START) / 1000).toFixed(3)} s  ${name} ${call} ${words.join(' ')}${faultOf ? `: ${faultOf}` : ''}`.trimEnd();
}
