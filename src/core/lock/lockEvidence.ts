import type { FileKind } from '../ports/lockFiles';
import type { LockContent } from './lockContent';

/** "12 s", "6 min 40 s", "3 h 5 min", "2 days": for a person, not for a program. */
export function ageText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 172_800) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} days`;
}

const KIND: Record<FileKind, string> = {
  file: 'a file',
  directory: 'a directory',
  symlink: 'a symbolic link',
  other: 'something that is no file (a FIFO, socket or device)',
};

export function kindText(kind: FileKind): string {
  return KIND[kind];
}

/** The sentence that says who wrote a lock file, and when. */
export function holderText({ dialect, pid, host }: LockContent, age: number, ours: boolean): string {
  const when = age < 0 ? `${ageText(-age)} in the future, by the clock here` : `${ageText(age)} ago`;
  if (ours)
    return pid === undefined
      ? `This extension created it ${when} and was ended before it wrote into it.`
      : `This extension (process ${pid}) wrote it ${when}.`;
  switch (dialect) {
    case 'marker':
      return `Process ${pid} wrote it ${when}, in the form of Home Assistant's Area Occupancy Detection.`;
    case 'pid':
      return `Process ${pid} wrote it ${when}, in the form of a database migration of release 2025.8.`;
    case 'soft':
      return `Process ${pid} on host ${host} wrote it ${when}, in the form of PyPI filelock's SoftFileLock.`;
    case 'flock':
      return `It is empty and was last written ${when}.`;
    default:
      return `It was last written ${when}, in an unknown form.`;
  }
}
