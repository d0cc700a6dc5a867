import Database from 'better-sqlite3';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqliteFence } from '../../../src/platform/lock/sqliteFence';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

function recordPath(): string {
  const folder = temporaryFolder('fence');
  onTestFinished(() => folder.remove());
  return join(folder.path, 'area_occupancy.db.lock.fence');
}

function open(path: string): SqliteFence {
  const record = new SqliteFence(path);
  onTestFinished(() => record.close());
  return record;
}

describe('the record of fencing tokens', () => {
  it('is made by the first who needs it, and the same for all', () => {
    const path = recordPath();
    const [one, other] = [open(path), open(path)];
    expect(one.exists()).toBe(false);
    const id = one.id();
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect([other.exists(), other.id(), one.id()]).toEqual([true, id, id]);
  });

  it('lets in what is higher than all before, whoever let that in, and says what that was', () => {
    const path = recordPath();
    const [one, other] = [open(path), open(path)];
    const id = one.id();
    expect([one.raise(id, 3), other.raise(id, 9), one.raise(id, 4), one.raise(id, 9)]).toEqual([0, 3, 9, 9]);
    expect(open(path).highest(id)).toBe(9);
  });

  it('knows nothing of an id that is not its own, as after it was removed or replaced', () => {
    const path = recordPath();
    const record = open(path);
    const before = record.id();
    record.raise(before, 5);
    renameSync(path, `${path}.old`);
    expect([record.highest(before), record.raise(before, 6)]).toEqual([undefined, undefined]);
    expect(record.id()).not.toBe(before);
    rmSync(path);
    renameSync(`${path}.old`, path);
    expect([record.id(), record.highest(before)]).toEqual([before, 5]);
  });

  it("leaves another's database alone, and says so", () => {
    const path = recordPath();
    const foreign = new Database(path);
    foreign.exec('CREATE TABLE fence (database TEXT)');
    foreign.close();
    const before = readFileSync(path);
    const refused = {
      code: 'REDIS',
      message: `The record of fencing tokens for the Redis lock, ${path}, cannot be used (it is not a record of ours).`,
    };
    expect(() => open(path).id()).toThrow(expect.objectContaining(refused));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is waited for where another is inside, but not for long', () => {
    const path = recordPath();
    const record = open(path);
    const id = record.id();
    const holder = new Database(path);
    onTestFinished(() => void holder.close());
    holder.exec('BEGIN IMMEDIATE');
    expect(() => record.raise(id, 1)).toThrow(expect.objectContaining({ code: 'LOCK_TIMEOUT' }));
    holder.exec('ROLLBACK');
    expect(record.raise(id, 1)).toBe(0);
  });
});
