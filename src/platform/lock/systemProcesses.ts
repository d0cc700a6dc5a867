import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { basename } from 'node:path';
import type { FileStatus } from '../../core/ports/lockFiles';
import { UNKNOWN_LIFE } from '../../core/lock/ownerRecord';
import type { Processes, ProcessFacts } from '../../core/ports/processFacts';

/** Clock ticks in a second of /proc/<pid>/stat: 100 on every Linux that Node supports. */
const TICKS = 100;
const HOME_ASSISTANT = /python|hass|home-?assistant/i;

/** What Linux tells in /proc. Elsewhere nothing is known, which the judgement takes for no proof of anything. */
export const systemProcesses: Processes = {
  find(pid) {
    const stat = read(`/proc/${pid}/stat`);
    const commandLine = read(`/proc/${pid}/cmdline`);
    const bootTime = /^btime (\d+)$/m.exec(read('/proc/stat') ?? '')?.[1];
    if (stat === undefined || commandLine === undefined || bootTime === undefined) return undefined;
    return factsOf(Number(bootTime) * 1000 + (startTicks(stat) / TICKS) * 1000, commandLine.split('\0'));
  },
  isFlocked(file) {
    return flockedFiles(read('/proc/locks') ?? '').has(`${deviceText(file)}:${file.inode}`);
  },
};

/**
 * LockWriter's `life` of this process: its boot, PID namespace and start, none of which a set clock changes, and which two
 * containers do not share even where their processes have the same id.
 */
export function lifeOfSelf(): string {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1');
    const space = fs.readlinkSync('/proc/self/ns/pid');
    const start = startTicks(fs.readFileSync('/proc/self/stat', 'latin1'));
    return createHash('sha256').update(`${boot} ${space} ${start}`).digest('hex').slice(0, UNKNOWN_LIFE.length);
  } catch {
    return UNKNOWN_LIFE;
  }
}

/** Field 22; counted from behind the name, which is in brackets and may hold anything. */
function startTicks(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
}

function factsOf(startedAt: number, [program = '', script = '']: string[]): ProcessFacts {
  const command = basename(program.split(' ', 1)[0] ?? '') || 'a kernel thread';
  return { startedAt, command, isHomeAssistant: HOME_ASSISTANT.test(command) || HOME_ASSISTANT.test(basename(script)) };
}

/** Lines such as `1: FLOCK ADVISORY WRITE 708 fe:00:263242 0 EOF`; with `->` for one that only waits. */
function flockedFiles(locks: string): Set<string> {
  return new Set([...locks.matchAll(/^\d+: FLOCK +\S+ +\S+ +-?\d+ ([0-9a-f]+:[0-9a-f]+:\d+) /gm)].map(([, file = '']) => file));
}

/** `major:minor` of st_dev, as the kernel prints it. */
function deviceText({ device }: FileStatus): string {
  const number = Number(device);
  const major = Math.floor(number / 256) % 4096;
  const minor = (number % 256) + Math.floor(number / 2 ** 20) * 256;
  return `${hex(major)}:${hex(minor)}`;
}

function hex(number: number): string {
  return number.toString(16).padStart(2, '0');
}

function read(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
