import { readFile, realpath, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NetworkMountError } from '../../core/errors';

/** What lies under a folder: the file system's magic number, and for FUSE what mountinfo calls it, such as `fuse.sshfs`. */
export interface Mount {
  readonly type: number;
  readonly name: string | null;
}

export type MountProbe = (folder: string) => Promise<Mount>;

/** Linux's magic numbers (statfs(2)). */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x517b, 'SMB'],
  [0x01021997, '9p'],
]);
const FUSE = 0x65735546;

/** FUSE file systems whose files lie on this machine, where locks and shared memory work between its processes. */
const LOCAL_FUSE =
  /^(fuseblk|fuse\.(fuse-overlayfs|overlayfs|unionfs|unionfs-fuse|mergerfs|gocryptfs|encfs|cryfs|securefs|bindfs|ntfs-3g|ntfs|exfat|lxcfs|shfs))$/;

/**
 * What a path lies on when SQLite's locks and shared memory would not be seen by the machine that runs Home Assistant, such as
 * `a network mount (NFS)`; null when they would. FUSE counts as such unless it is known to be local: it is how SSHFS looks.
 */
export async function findNetworkMount(path: string, probe: MountProbe = probeMount): Promise<string | null> {
  if (/^(\\\\|\/\/)[^\\/?.]/.test(path)) return 'a network share';
  const { type, name } = await probe(dirname(path));
  const network = NETWORK_TYPES.get(type);
  if (network) return `a network mount (${network})`;
  if (type !== FUSE || LOCAL_FUSE.test(name ?? '')) return null;
  return `a FUSE mount (${name ?? 'of unknown kind'}), which may be a network mount such as SSHFS`;
}

/** Throws NetworkMountError where `findNetworkMount` finds one. */
export async function refuseNetworkMount(path: string, probe?: MountProbe): Promise<void> {
  const where = await findNetworkMount(path, probe);
  if (where === null) return;
  throw new NetworkMountError(
    `${path} lies on ${where}, where SQLite cannot share a live database safely with Home Assistant.`,
    'Open it on the machine that runs Home Assistant (the Studio Code Server add-on, or Remote-SSH), or open a copy on a local disk.',
  );
}

async function probeMount(folder: string): Promise<Mount> {
  // The magic numbers are Linux's own; elsewhere the type means something else.
  if (process.platform !== 'linux') return { type: 0, name: null };
  const { type } = await statfs(folder);
  const unsigned = Number(BigInt.asUintN(32, BigInt(type)));
  return { type: unsigned, name: unsigned === FUSE ? await mountName(folder) : null };
}

/** The file system type of the innermost mount that holds `folder`, from /proc/self/mountinfo. */
async function mountName(folder: string): Promise<string | null> {
  const target = await realpath(folder);
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')).split('\n').flatMap((line) => {
    const [mount = '', source = ''] = line.split(' - ');
    const point = mount
      .split(' ')[4]
      ?.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const name = source.split(' ')[0];
    return point !== undefined && name ? [{ point, name }] : [];
  });
  const holding = mounts.filter(({ point }) => target === point || target.startsWith(point === '/' ? '/' : `${point}/`));
  return holding.toSorted((left, right) => right.point.length - left.point.length)[0]?.name ?? null;
}
