import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { buildDatabase } from '../support/buildDatabase.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { RefresherReport } from './refresher.mts';
import type { WriterReport } from './writer.mts';

interface Child {
  firstLine(): Promise<unknown>;
  /** Its last line, as JSON, when it has ended. */
  report<Report>(): Promise<Report>;
  endInput(): void;
}

function run(script: string, ...parameters: string[]): Child {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...parameters]);
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  const ended = once(child, 'close');
  return {
    firstLine: () => once(child.stdout, 'data'),
    endInput: () => child.stdin.end(),
    report: async () => {
      await ended;
      const last = output.out.trim().split('\n').at(-1);
      if (child.exitCode !== 0 || !last) throw new Error(`${script} ended with ${child.exitCode}: ${output.err}`);
      return JSON.parse(last);
    },
  };
}

interface SideBySide {
  readonly writers: readonly WriterReport[];
  readonly refresher: RefresherReport;
}

/** Reports of writers that ran one after the other on a new database, and of the refresher that ran beside them all. */
async function sideBySide(styles: readonly string[], commits: number, pause: number, refreshPause: number): Promise<SideBySide> {
  const folder = temporaryFolder('live');
  try {
    const path = join(folder.path, 'area_occupancy.db');
    buildDatabase(path, { version: 18, areas: 8, entities: 60, days: 14 });
    const refreshing = run('refresher.mts', path, String(refreshPause));
    await refreshing.firstLine();
    const writers: WriterReport[] = [];
    for (const [index, style] of styles.entries()) {
      const parameters = [style, commits, pause, index * commits].map(String);
      writers.push(await run('writer.mts', path, ...parameters).report<WriterReport>());
    }
    refreshing.endInput();
    const refresher = await refreshing.report<RefresherReport>();
    console.log(JSON.stringify({ styles, commits, pause, writers, refresher }));
    return { writers, refresher };
  } finally {
    folder.remove();
  }
}

// Both at once: most of their time they wait, each on a database of its own.
describe.concurrent('a writer that never waits, while the trees are refreshed all the time', () => {
  it('finds nothing locked: 50 commits a second for 60 s, with a connection an operation and with one for all', async ({
    expect,
  }) => {
    const { writers, refresher } = await sideBySide(['per-operation', 'persistent'], 1500, 20, 0);
    for (const writer of writers) expect(writer).toMatchObject({ commits: 1500, busy: 0, errors: [] });
    expect(refresher.errors).toEqual([]);
    expect(refresher.refreshes).toBeGreaterThan(50);
    expect(refresher.changes).toBeGreaterThan(50);
  }, 180_000);

  // Four refreshes a second are more than a view makes. A reader that the machine or its disk holds up in the middle of a
  // statement, for a fifth of a second on a busy one, lets the -wal grow by all that is written meanwhile.
  it('keeps its -wal small over 20,000 commits', async ({ expect }) => {
    const { writers, refresher } = await sideBySide(['per-operation', 'persistent'], 10_000, 4, 250);
    for (const writer of writers) expect(writer).toMatchObject({ commits: 10_000, busy: 0, errors: [] });
    expect(refresher.errors).toEqual([]);
    expect(refresher.refreshes).toBeGreaterThan(50);
    expect(refresher.largestWal).toBeGreaterThan(0);
    expect(refresher.largestWal).toBeLessThan(8 * 1024 * 1024);
  }, 300_000);
});
