import { describe, expect, it } from 'vitest';
import { ReadPace } from '../../../src/core/database/readPace';

/** Time that passes only when it is told to. */
class HandClock {
  time = 1000;
  readonly slept: number[] = [];
  now = (): number => this.time;
  monotonic = (): number => this.time;
  sleep = async (ms: number): Promise<void> => {
    this.slept.push(ms);
    this.time += ms;
  };
}

function paced(): { clock: HandClock; read: (ms: number) => Promise<number> } {
  const clock = new HandClock();
  const pace = new ReadPace(clock);
  return { clock, read: (ms) => pace.run(async () => (clock.time += ms)) };
}

describe('the pace of reading', () => {
  it('rests as long as it has read, once that is worth a pause', async () => {
    const { clock, read } = paced();
    await Promise.all([1, 1, 1, 1, 1, 9, 1].map(read));
    expect(clock.slept).toEqual([4, 10]);
  });

  it('counts time that passed anyway as rest', async () => {
    const { clock, read } = paced();
    await read(20);
    clock.time += 15;
    await read(1);
    expect(clock.slept).toEqual([5]);
    await read(20);
    clock.time += 100;
    await read(1);
    expect(clock.slept).toEqual([5]);
  });

  it('does not rest for the time that a read was held up', async () => {
    const { clock, read } = paced();
    await read(3000);
    await read(1);
    expect(clock.slept).toEqual([50]);
  });

  it('goes on after a read that failed, and lets only one through at a time', async () => {
    const pace = new ReadPace(new HandClock());
    const order: string[] = [];
    const failing = pace.run(async () => {
      order.push('a');
      await Promise.resolve();
      order.push('b');
      throw new Error('no');
    });
    const next = pace.run(async () => order.push('c'));
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(order).toEqual(['a', 'b', 'c']);
  });
});
