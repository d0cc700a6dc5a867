import type { Calls } from './replay';

/** The process whose `fs` the code of a beat is using: it runs without a pause, so there is only one at a time. */
let beating: Calls | undefined;

/** Runs `act`, whose `fs` calls are those of this process. */
export function beatOn<T>(calls: Calls, act: () => T): T {
  beating = calls;
  try {
    return act();
  } finally {
    beating = undefined;
  }
}

/** What of `node:fs` a beat uses, on the disk of the model. */
export const modelDisk = {
  openSync: (path: string): number => disk().now({ name: 'openToWrite', path }) as number,
  closeSync: (handle: number): void => void disk().now({ name: 'close', handle }),
  writeSync: (handle: number, content: Buffer): void =>
    void disk().now({ name: 'rewrite', handle, content: content.toString('latin1') }),
  fstatSync(handle: number): { dev: bigint; ino: bigint } {
    const { device, inode } = disk().now({ name: 'fileStatus', handle }) as { device: bigint; inode: bigint };
    return { dev: device, ino: inode };
  },
};

function disk(): Calls {
  if (!beating) throw new Error('nobody is beating');
  return beating;
}
