import { perform } from './operations';
import { ours } from './programs';
import { ReplayedProcess } from './replay';
import { judgeNextRun } from './verdicts';
import type { World } from './world';
import { copyWorld, emptyWorld, killProcess, START, worldKey } from './world';

const NEXT = { name: 'next', pid: 99, isOurs: true };

/** One more process of ours that comes when all others have ended, to see that nothing keeps it out. */
export class NextRun {
  readonly #process = new ReplayedProcess(ours({ pid: NEXT.pid, timeout: 400, shortestWait: 1050 }));
  /** Where a peer's lock has to age first, nobody else acts meanwhile, and fewer looks see as much. */
  readonly #patient = new ReplayedProcess(ours({ pid: NEXT.pid, timeout: 400, shortestWait: 60_000 }));
  readonly #verdicts = new Map<string, string | undefined>();

  /** @returns what is wrong with what the schedule left behind, or undefined */
  async judge(end: World): Promise<string | undefined> {
    const world = simplified(end);
    const key = worldKey({ ...world, processes: [] });
    if (!this.#verdicts.has(key)) this.#verdicts.set(key, await this.#run(world));
    return this.#verdicts.get(key);
  }

  async #run(end: World): Promise<string | undefined> {
    const brief = await this.#play(end, this.#process, 5000);
    const { result, seconds } = brief.result === undefined ? await this.#play(end, this.#patient, 400_000) : brief;
    return judgeNextRun(end, result, seconds);
  }

  async #play(end: World, process: ReplayedProcess, most: number): Promise<{ result: string | undefined; seconds: number }> {
    const world = copyWorld(end);
    const [self] = emptyWorld([NEXT]).processes;
    if (!self) throw new Error('the next run is a process');
    world.processes.push(self);
    let progress = process.start;
    while (world.time - end.time <= most) {
      const intent = await progress.intent();
      if (!('operation' in intent)) {
        if (intent.error !== undefined) throw intent.error;
        break;
      }
      const { operation } = intent;
      if (operation.name === 'sleep' || operation.name === 'wait') self.due = world.time + operation.ms;
      progress = progress.after(perform(world, self, operation));
    }
    return { result: self.results[0], seconds: (world.time - end.time) / 1000 };
  }
}

/**
 * The same end with nobody alive, told from the beginning of time and with plain contents: all that the next run can notice is
 * how old things are, and whether the file has the content of the record. So most ends are alike.
 */
function simplified(end: World): World {
  const world = copyWorld(end);
  for (const process of world.processes) killProcess(world, process);
  const past = end.time - START;
  world.time = START;
  const content = end.record?.content;
  for (const [inode, file] of world.files) {
    const plain = /^\d+:/.test(file.text) ? '4242:1795470000.5' : file.text;
    const text = file.text === content ? '88:1795470000.000000' : plain;
    world.files.set(inode, { ...file, text, modified: file.modified - past, changed: file.changed - past });
  }
  if (end.record) {
    const writer = { pid: 88, life: '00000000000000b0', token: '00000000000000bb' };
    world.record = { ...end.record, writer, content: '88:1795470000.000000', claimedAt: end.record.claimedAt - past };
  }
  return world;
}
