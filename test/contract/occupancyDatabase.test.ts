import { core } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { describeReader } from './occupancyReader.contract';

describeReader('OccupancyDatabase', async (path) => {
  const reader = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  return { reader, close: () => reader.close() };
});
