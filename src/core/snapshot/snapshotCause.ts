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

export interface SnapshotExplanation {
  /** Why it can only be read, in a sentence or two. */
  readonly reason: string;
  /** What to do in order to write. */
  readonly nextStep: string;
}

const ELSEWHERE =
  'To change it, open it on the machine that runs Home Assistant, in the Studio Code Server add-on or over Remote-SSH.';

export function explainSnapshot(cause: SnapshotCause): SnapshotExplanation {
  const explain = (why: string, nextStep: string): SnapshotExplanation => ({
    reason: `This is a snapshot, which Refresh reads anew: ${why}.`,
    nextStep,
  });
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
