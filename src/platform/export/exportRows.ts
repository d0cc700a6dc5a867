import type { Browse } from '../../core/database/occupancyReads';
import { throwIfAborted } from '../../core/errors';
import type { ExportOptions, ExportRequest, ExportResult } from '../../core/export/exportRequest';
import { openRows } from '../../core/export/openRows';
import { RecordWriter } from '../../core/export/recordWriter';
import { exportTarget } from './exportTarget';
import { PartFile } from './partFile';

/** What an export needs of the database it reads. */
export interface ExportSource {
  /** Of the file, which must not be written to. */
  readonly path: string;
  readonly browse: Browse;
  /** Throws DatabaseMissingError when the file was replaced: what was read is no longer what the database has. */
  readonly assertSameFile: () => Promise<void>;
}

/**
 * Writes rows to a file step by step: others read and write in between, and no more than one step of rows is held. Cancelled or
 * failed, it leaves nothing behind. Throws what reading throws, ExportError, DiskFullError, and CancelledError soon after an abort.
 */
export async function exportRows(
  { path, browse, assertSameFile }: ExportSource,
  { rows, format, timeZone, target }: ExportRequest,
  { signal, onProgress }: ExportOptions = {},
): Promise<ExportResult> {
  throwIfAborted(signal, 'The export');
  const real = await exportTarget(target, path);
  const stream = await browse((reads) => openRows(reads, rows));
  const writer = new RecordWriter(format, stream.columns, timeZone);
  const file = await PartFile.create(real);
  try {
    await file.append(writer.head);
    for (let step = await browse(() => stream.step()); step; step = await browse(() => stream.step())) {
      throwIfAborted(signal, 'The export');
      if (step.length === 0) continue;
      await file.append(writer.text(step));
      onProgress?.(writer.count);
    }
    await file.append(writer.tail);
    await assertSameFile();
    throwIfAborted(signal, 'The export');
    await file.moveIntoPlace();
    return { rows: writer.count, bytes: file.bytes };
  } catch (error) {
    await file.discard();
    throw error;
  }
}
