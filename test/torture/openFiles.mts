import { readdirSync, readlinkSync } from 'node:fs';

/** How many descriptors of this process are ours: not what libuv keeps for good from its first watch on, nor what belongs to children. */
export function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return !/inotify|pipe:|socket:/.test(readlinkSync(`/proc/self/fd/${descriptor}`));
    } catch {
      // The one by which the folder was read.
      return false;
    }
  }).length;
}
