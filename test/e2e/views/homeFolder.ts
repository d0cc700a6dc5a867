import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDemoFolder } from '../support/openWorkbench.ts';

/** Names as people give them: written from right to left, wide, and long. */
export const NAMES: Readonly<Record<string, string>> = {
  'binary_sensor.kitchen_motion': 'חיישן תנועה במטבח',
  'cover.kitchen_cover_2': '台所の人感センサー',
  'sensor.kitchen_temperature': 'The thermometer beside the window over the sink',
};

/** A copy of the demo home in which some entities have such names. */
export async function makeFolder(): Promise<string> {
  const folder = await copyDemoFolder();
  const file = join(folder, '.storage', 'core.entity_registry');
  const registry = JSON.parse(await readFile(file, 'utf8'));
  for (const entity of registry.data.entities) entity.name = NAMES[entity.entity_id] ?? entity.name;
  await writeFile(file, JSON.stringify(registry));
  return folder;
}
