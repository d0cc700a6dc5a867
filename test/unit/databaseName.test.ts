import { describe, expect, it } from 'vitest';
import { databaseName } from '../../src/core/databaseName';

const paths = [
  '/config/.storage/area_occupancy.db',
  '/srv/one/config/.storage/area_occupancy.db',
  '/srv/two/config/.storage/area_occupancy.db',
  '/tmp/copy.db',
];

describe('databaseName', () => {
  it('names the config folder, and not .storage', () => {
    expect(databaseName('/config/.storage/area_occupancy.db', [])).toBe('area_occupancy.db (config)');
    expect(databaseName('/tmp/copy.db', paths)).toBe('copy.db (tmp)');
    expect(databaseName('C:\\ha\\.storage\\area_occupancy.db', [])).toBe('area_occupancy.db (ha)');
    expect(databaseName('memfs:/my%20home/.storage/area_occupancy.db', [])).toBe('area_occupancy.db (my home)');
  });

  it('goes up as far as it takes to tell databases apart', () => {
    expect(paths.map((path) => databaseName(path, paths))).toEqual([
      'area_occupancy.db (config)',
      'area_occupancy.db (one/config)',
      'area_occupancy.db (two/config)',
      'copy.db (tmp)',
    ]);
    expect(new Set(paths.map((path) => databaseName(path, paths))).size).toBe(paths.length);
  });

  it('stops at the root', () => {
    expect(databaseName('/a.db', ['/b/a.db'])).toBe('a.db');
  });
});
