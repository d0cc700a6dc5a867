import { virtualScheme } from './virtualPath';

/** Whether a snapshot is read instead of the live file: `auto` where that cannot be opened safely. */
export type SnapshotPolicy = 'auto' | 'always' | 'never';

/** Why a snapshot is read instead of the live file. */
export type SnapshotCause =
  /** `where`: such as `a network mount (NFS)`. */
  | { readonly kind: 'network'; readonly where: string }
  | { readonly kind: 'virtual'; readonly path: string }
  /** `computer`: such as `linux-riscv64`. */
  | { readonly kind: 'noNative'; readonly computer: string }
  | { readonly kind: 'asked' };

const ELSEWHERE =
  'To change it, open it on the machine that runs Home Assistant, in the Studio Code Server add-on or over Remote-SSH.';

/** Why it can only be read, and what to do in order to write. */
export function explainSnapshot(cause: SnapshotCause): string {
  const explain = (why: string, step: string): string => `It is a snapshot, since ${why}. Refresh reads it anew. ${step}`;
  switch (cause.kind) {
    case 'network':
      return explain(`the file lies on ${cause.where}, where SQLite cannot share it safely with Home Assistant`, ELSEWHERE);
    case 'virtual':
      return explain(`the file has no path on this computer (${virtualScheme(cause.path)}), so SQLite cannot open it`, ELSEWHERE);
    case 'noNative':
      return explain(
        `this package of the extension has no SQLite for this computer (${cause.computer})`,
        "To change it, install the extension's package for this computer, or open the database on another.",
      );
    case 'asked':
      return explain(
        'the setting areaOccupancy.snapshots asks for one',
        'To change it, set areaOccupancy.snapshots to “auto”, and refresh.',
      );
  }
}
