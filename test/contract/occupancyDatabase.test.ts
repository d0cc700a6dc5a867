import { core } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { describeReader, type OpenedForTest } from './occupancyReader.contract';
import { describeOverviews } from './overview.contract';
import { describeTimelines } from './timeline.contract';

const open = async (path: string): Promise<OpenedForTest> => {
  const reader = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  return { reader, close: () => reader.close() };
};

describeReader('OccupancyDatabase', open);
describeTimelines('OccupancyDatabase', open);
describeOverviews('OccupancyDatabase', open);
