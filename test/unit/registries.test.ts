import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Registries } from '../../src/platform/registries';
import { DiskFolder } from '../../src/platform/snapshot/diskFolder';
import { temporaryFolder } from '../support/temporaryFolder.mts';

let folder: ReturnType<typeof temporaryFolder>;
let registries: Registries;

beforeEach(() => {
  folder = temporaryFolder('registries');
  registries = new Registries(new DiskFolder(folder.path));
});
afterEach(() => folder.remove());

function write(name: string, content: unknown): void {
  writeFileSync(join(folder.path, name), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('the registries', () => {
  it('give the names of areas and entities', async () => {
    write('core.area_registry', {
      version: 1,
      data: {
        areas: [
          { id: 'buro', name: 'Büro', floor_id: null },
          { id: 'kitchen', name: 'Küche' },
        ],
      },
    });
    write('core.entity_registry', {
      data: {
        entities: [
          { entity_id: 'binary_sensor.a', name: 'Mine', original_name: 'Its own', area_id: null },
          { entity_id: 'binary_sensor.b', name: null, original_name: 'Its own' },
          { entity_id: 'binary_sensor.c', name: '', original_name: null },
        ],
      },
    });
    const { areas, entities } = await registries.names();
    expect([...areas]).toEqual([
      ['buro', 'Büro'],
      ['kitchen', 'Küche'],
    ]);
    expect([...entities]).toEqual([
      ['binary_sensor.a', 'Mine'],
      ['binary_sensor.b', 'Its own'],
    ]);
  });

  it.each([
    ['broken', '{"data": {"areas": ['],
    ['of another shape', { data: { areas: { id: 'x' } } }],
    ['without data', []],
    ['null', null],
    ['with odd items', { data: { areas: [null, 7, { id: 3, name: 'Three' }, { name: 'No id' }] } }],
  ])('that are %s give no names', async (_, content) => {
    write('core.area_registry', content);
    expect((await registries.names()).areas.size).toBe(0);
  });

  it('that are missing give no names, until they are there', async () => {
    const none = await registries.names();
    expect([none.areas.size, none.entities.size]).toEqual([0, 0]);
    write('core.area_registry', { data: { areas: [{ id: 'kitchen', name: 'Küche' }] } });
    expect((await registries.names()).areas.get('kitchen')).toBe('Küche');
  });

  it('are read again only when they have changed', async () => {
    write('core.area_registry', { data: { areas: [{ id: 'kitchen', name: 'Küche' }] } });
    const first = (await registries.names()).areas;
    expect((await registries.names()).areas).toBe(first);
    write('core.area_registry', { data: { areas: [{ id: 'kitchen', name: 'Kuche' }] } });
    utimesSync(join(folder.path, 'core.area_registry'), new Date(), new Date(Date.now() + 5000));
    expect((await registries.names()).areas.get('kitchen')).toBe('Kuche');
  });
});
