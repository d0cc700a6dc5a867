import type { OfArea } from '../findArea';
import { commandIds } from '../ids';
import { deleteHistory, type DeleteParts } from './deleteHistory';
import { EditCommands, type EditParts } from './editCommands';

/** The commands that change or delete rows at the user's own word. */
export function changeCommands(parts: EditParts & DeleteParts) {
  return {
    ...new EditCommands(parts).commands,
    [commandIds.deleteHistory]: (of?: OfArea) => deleteHistory(parts, of),
  };
}
