// Takes the lock and writes to the database, again and again, until it is killed: by its parent, or by itself just before one of its
// calls to the file system. Arguments: lock path, database. A message with the number of that call (0 for none) starts it.
import { once } from 'node:events';
import fs from 'node:fs';
import { LOCK_CALLS } from './fileSystemCalls.mts';
import { core, Sqlite } from '../support/core.mts';

const [path = '', databasePath = ''] = process.argv.slice(2);
const database = new Sqlite(databasePath, { timeout: 10_000 });
database.pragma('synchronous = NORMAL');
const write = database.prepare('INSERT INTO writes (content) VALUES (hex(randomblob(200)))');
const lock = new core.FileLock(path, { timeout: 20 });
let left = 0;

/** The library calls these through the same object. */
function killBeforeCall(): void {
  const disk = fs as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  for (const name of LOCK_CALLS) {
    const real = disk[name]!;
    disk[name] = (...parameters) => {
      if (--left === 0) process.kill(process.pid, 'SIGKILL');
      return real(...parameters);
    };
  }
}

process.send?.('ready');
const [order] = (await once(process, 'message')) as [number];
left = order;
if (order > 0) killBeforeCall();
for (;;) {
  await lock.run(async () => {
    database.exec('BEGIN IMMEDIATE');
    write.run();
    lock.assertHeld();
    database.exec('COMMIT');
  });
}
