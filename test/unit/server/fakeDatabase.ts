import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseMissingError } from '../../../src/core/errors';

/** A file that opens slowly, and that may fail after it was opened. */
export class FakeDatabase {
  static readonly all: FakeDatabase[] = [];
  static failing = false;
  /** ms that opening takes. */
  static slowness = 30;
  static openings = 0;
  isClosed = false;

  static async open(): Promise<FakeDatabase> {
    await delay(FakeDatabase.slowness);
    FakeDatabase.openings += 1;
    const database = new FakeDatabase();
    FakeDatabase.all.push(database);
    return database;
  }

  dataVersion = async (): Promise<number> => {
    if (FakeDatabase.failing) throw new DatabaseMissingError('It went away.', 'Bring it back.');
    return 1;
  };
  inspectRedis = async (): Promise<undefined> => undefined;
  isReplaced = async (): Promise<boolean> => false;
  describe = async (): Promise<object> => ({});
  close = async (): Promise<void> => void (this.isClosed = true);
}
