import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { RecorderFinding } from '../../core/sync/recorderFinding';
import { recorderServer } from '../../core/sync/recorderServer';

/**
 * Looks for Home Assistant's recorder beside the occupancy database at `path`: one folder up from `.storage`, else in the same
 * folder, where a copy of both may lie. Of configuration.yaml only the kind of server is told: its URL holds a password.
 */
export async function findRecorder(path: string): Promise<RecorderFinding> {
  const folder = dirname(resolve(path));
  const config = basename(folder) === '.storage' ? dirname(folder) : folder;
  const recorder = join(config, 'home-assistant_v2.db');
  const [file, wal, yaml] = await Promise.all([
    stat(recorder).catch(() => null),
    stat(`${recorder}-wal`).catch(() => null),
    readFile(join(config, 'configuration.yaml'), 'utf8').catch(() => ''),
  ]);
  return {
    path: recorder,
    fileBytes: file?.size ?? null,
    writtenAt: file && Math.max(file.mtimeMs, wal?.mtimeMs ?? 0),
    server: recorderServer(yaml),
  };
}
