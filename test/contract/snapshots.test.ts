import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RemoteDatabase } from '../../src/client/remoteDatabase';
import { silentLog } from '../../src/core/ports/log';
import { DiskFolder } from '../../src/platform/snapshot/diskFolder';
import { describeReader, type OpenedForTest } from './occupancyReader.contract';
import { describeOverviews } from './overview.contract';
import { describeTimelines } from './timeline.contract';

const server = join(import.meta.dirname, '../../dist/server.js');

/** As through a file system provider: the process knows an address alone, and what it reads crosses the border. */
const open = async (path: string): Promise<OpenedForTest> => {
  const snapshotOf = pathToFileURL(path).href.replace('file:', 'memfs:');
  const options = { path: snapshotOf, lockTimeout: 30, staleLockTimeout: 300, readLocks: 'auto' } as const;
  const listener = { onOpened: () => {}, onFailed: () => {}, onChanged: () => {}, onLock: () => {} };
  const reader = new RemoteDatabase(server, options, silentLog, listener, DiskFolder.around(path));
  return { reader, snapshotOf, close: async () => reader.dispose() };
};

// One of each generation: what differs within one is found out by the same queries, whatever reads.
describeReader('A snapshot', open, [3, 18]);
describeTimelines('A snapshot', open, [18]);
describeOverviews('A snapshot', open, [3]);
