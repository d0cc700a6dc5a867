import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// npm run torture: one file at a time, since each wants the machine for itself.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    pool: 'forks',
    include: ['test/torture/**/*.test.ts', 'test/unit/lock/explorer.test.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
