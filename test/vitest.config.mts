import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// No alias for `vscode`: a test that reaches an import of it fails, which is what keeps it out of every layer but one.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // What is live holds under any load, and waits most of its time.
          include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/live/**/*.test.ts'],
          maxWorkers: 3,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Several processes each, timed against each other: one file at a time, and after everything else.
        extends: true,
        test: {
          name: 'processes',
          include: [
            'test/locks/**/*.test.ts',
            'test/sync/**/*.test.ts',
            // In short; in full they are npm run torture.
            'test/torture/{faults,thefts,wire}.test.ts',
          ],
          // There is no Redis server for Windows, where nothing can be stopped and continued either.
          exclude: process.platform === 'win32' ? ['test/locks/redis*.test.ts'] : [],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Pages in a browser, without a workbench: one at a time, after what is timed.
        extends: true,
        test: {
          name: 'views',
          expect: { poll: { timeout: 15_000 } },
          include: ['test/views/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 30_000,
        },
      },
      {
        // One workbench and one browser at a time is what two cores can carry.
        extends: true,
        test: {
          name: 'e2e',
          // A busy machine draws late; what has to be quick says so itself.
          expect: { poll: { timeout: 15_000 } },
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/support/prepare.ts',
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
