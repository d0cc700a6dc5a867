import { commandIds } from '../ids';
import type { OfDatabase } from '../pickDatabase';
import { checkDatabase, exportFindings, showFindings, type CheckCommandParts } from './checkDatabase';
import { backUpDatabase, recoverDatabase, type WriteDatabaseParts } from './writeDatabase';

/** The commands that look after a whole database. */
export function maintenanceCommands(parts: CheckCommandParts & WriteDatabaseParts) {
  return {
    [commandIds.checkIntegrity]: (of?: OfDatabase) => checkDatabase(parts, of),
    [commandIds.showFindings]: (of?: OfDatabase) => showFindings(parts, of),
    [commandIds.exportFindings]: (of?: OfDatabase) => exportFindings(parts, of),
    [commandIds.clearFindings]: () => parts.checks.clear(),
    [commandIds.backup]: (of?: OfDatabase) => backUpDatabase(parts, of),
    [commandIds.recover]: (of?: OfDatabase) => recoverDatabase(parts, of),
  };
}
