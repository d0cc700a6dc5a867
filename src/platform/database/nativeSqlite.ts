import Database from 'better-sqlite3';

let isLacking: boolean | undefined;

/** Whether better-sqlite3 has no binary for this computer, or none that can be loaded; looked at once. */
export function lacksNative(): boolean {
  isLacking ??= !canLoad();
  return isLacking;
}

function canLoad(): boolean {
  try {
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}
