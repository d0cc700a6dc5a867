// Where things are, for the scripts of npm start and npm test.
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
/** Cache of what tests run in; outlives node_modules, never committed. */
export const CACHE = join(ROOT, '.vscode-test');
/** Reports, logs and screenshots of the last run. */
export const RESULTS = join(ROOT, 'test-results');
