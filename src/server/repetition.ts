import type { Log } from '../core/ports/log';
import { toErrorRecord } from '../protocol/errorRecord';

export interface Repetition {
  stop(): void;
}

/** Runs `work` now and then `period` ms after each run has ended, so that runs never overlap; a failing run is logged and repeated. */
export function every(period: number, work: () => Promise<void>, log: Log): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.debug(`looking at the database: ${toErrorRecord(error).message}`);
    }
    if (!stopped) timer = setTimeout(() => void run(), period);
  };
  void run();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
