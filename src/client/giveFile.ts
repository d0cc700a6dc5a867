import type { FolderFiles } from '../core/ports/folderFiles';
import { toErrorRecord } from '../protocol/errorRecord';
import type { FileAnswer, FileQuestion } from '../protocol/fileQuestions';

/** Bytes sent at once: each piece is copied on its way. */
const PIECE = 4 * 1024 * 1024;

/** Answers what the database process asks of a folder that only the extension can read. Rejects when the process is gone. */
export async function giveFile(
  folder: FolderFiles,
  { id, what, name, atMost }: FileQuestion,
  give: (answer: FileAnswer) => Promise<void>,
): Promise<void> {
  let found: Awaited<ReturnType<FolderFiles['stat' | 'read']>>;
  try {
    found = await (what === 'stat' ? folder.stat(name) : folder.read(name, atMost ?? undefined));
  } catch (error) {
    return give({ id, kind: 'failed', error: toErrorRecord(error) });
  }
  if (!found) return give({ id, kind: 'missing' });
  if (!(found instanceof Uint8Array)) return give({ id, kind: 'stamp', stamp: found });
  const wanted = found.subarray(0, atMost ?? found.byteLength);
  for (let from = 0; from === 0 || from < wanted.byteLength; from += PIECE)
    await give({ id, kind: 'bytes', size: wanted.byteLength, bytes: wanted.subarray(from, from + PIECE) });
}
