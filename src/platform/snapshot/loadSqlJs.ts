import { UnexpectedError } from '../../core/errors';
import type { SqlEngine } from '../../core/ports/sql';
import { SqlJsEngine } from './sqlJsEngine';

let loading: Promise<SqlEngine> | undefined;

/** Loads sql.js with its WebAssembly, which lie beside the bundle: when the first snapshot is opened, and once. */
export function loadSqlJs(): Promise<SqlEngine> {
  loading ??= load();
  return loading;
}

async function load(): Promise<SqlEngine> {
  try {
    const { default: initialize } = await import('sql.js');
    return new SqlJsEngine(await initialize());
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const nextStep = 'Install the extension anew; a file of it is missing or damaged.';
    throw new UnexpectedError(`SQLite for snapshots cannot be loaded: ${detail}`, nextStep, { cause: error });
  }
}
