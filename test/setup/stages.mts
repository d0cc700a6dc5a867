// The stages of npm test, and how the result of each is read.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from './npmCommand.mts';
import { RESULTS } from './paths.mts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Stage {
  readonly name: string;
  readonly command: readonly [command: string, args: readonly string[]];
  /** Reads what the tests reported. Without it the stage counts as one, passed where its command ends with 0. */
  readonly count?: () => Promise<Counts>;
}

const NODE = process.execPath;

export const STAGES: readonly Stage[] = [
  npmRun('build'),
  npmRun('check-types'),
  npmRun('lint'),
  vitest('test:unit', ['unit', 'processes']),
  {
    name: 'test:host',
    command: [NODE, ['test/setup/runHostTests.mts']],
    count: () => countHostTests(join(RESULTS, 'host.json')),
  },
  vitest('test:e2e', ['views', 'e2e']),
];

function npmRun(script: string): Stage {
  return { name: script, command: npmCommand(['run', script]) };
}

function vitest(name: string, projects: readonly string[]): Stage {
  const report = join(RESULTS, `${name.replace('test:', '')}.json`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config=test/vitest.config.mts',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  return { name, command: [NODE, args], count: () => countVitest(report) };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

async function countVitest(report: string): Promise<Counts> {
  const { numPassedTests, numFailedTests, testResults }: VitestReport = JSON.parse(await readFile(report, 'utf8'));
  // A file that cannot be loaded, or whose hooks throw, fails without a test that does.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
}

async function countHostTests(report: string): Promise<Counts> {
  const tests: readonly { readonly state: string }[] = JSON.parse(await readFile(report, 'utf8'));
  const passed = tests.filter(({ state }) => state === 'passed').length;
  return { passed, failed: tests.length - passed };
}
