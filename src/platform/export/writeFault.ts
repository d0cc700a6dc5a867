import { DiskFullError, ExportError, isOccupancyError, type OccupancyError, UnexpectedError } from '../../core/errors';

const reasons: Readonly<Record<string, readonly [what: string, nextStep: string]>> = {
  ENOENT: ['the folder is not there', 'Choose another folder.'],
  ENOTDIR: ['the folder is not there', 'Choose another folder.'],
  EACCES: ['it may not be written', 'Choose another folder, or allow it to be written.'],
  EPERM: ['it may not be written', 'Close it where it is open in another program, or choose another folder.'],
  EBUSY: ['another program has it open', 'Close it there, then export again.'],
  EROFS: ['the disk is for reading only', 'Choose another folder.'],
  EISDIR: ['it is a folder', 'Choose another name.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter name.'],
  EEXIST: ['it is there already', 'Another export may be writing it; if none is, delete it and export again.'],
};

/** A failure of the file system as one of our errors, with a next step; our own errors pass through. */
export function writeFault(error: unknown, path: string): OccupancyError {
  if (isOccupancyError(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = error instanceof Error ? error.message : String(error);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    const step = 'Free some space, or choose a folder on another disk; what was there before is as it was.';
    return new DiskFullError(`The disk has no room for ${path}.`, step, { cause: error });
  }
  const reason = reasons[code];
  if (reason) return new ExportError(`${path} cannot be written: ${reason[0]}.`, reason[1], { cause: error });
  return new UnexpectedError(`${path} cannot be written: ${detail}`, 'Choose another folder.', { cause: error });
}
