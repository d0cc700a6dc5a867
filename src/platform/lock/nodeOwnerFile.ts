import fs from 'node:fs';
import type { LockTraffic, WaiterHint } from '../../core/lock/lockTraffic';
import {
  decodeHint,
  decodeTraffic,
  encodeHint,
  encodeTraffic,
  HINT_BYTES,
  isAlive,
  TRAFFIC_BYTES,
} from '../../core/lock/lockTraffic';
import type { OwnerRecord } from '../../core/lock/ownerRecord';
import { decodeOwnerRecord, encodeOwnerRecord, OWNER_RECORD_BYTES } from '../../core/lock/ownerRecord';
import type { OwnerFile } from '../../core/ports/ownerFile';
import type { TrafficBoard } from '../../core/ports/trafficBoard';

const { O_CREAT, O_RDWR } = fs.constants;
const O_NOFOLLOW = (fs.constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;
const LAST_BYTE = OWNER_RECORD_BYTES - 1;

/** Where the hints begin; each waiting process has one slot. With more waiters than slots, some are not known of. */
const HINTS_AT = OWNER_RECORD_BYTES + TRAFFIC_BYTES;
const SLOTS = 32;
const EMPTY_SLOT = Buffer.from(`${' '.repeat(HINT_BYTES - 1)}\n`, 'latin1');

interface Board {
  readonly traffic: LockTraffic | undefined;
  readonly hints: readonly WaiterHint[];
}

const NOTHING: Board = { traffic: undefined, hints: [] };

/**
 * `<lock>.owner`: the owner's record and the traffic, overwritten in place by whoever holds the guard, and a slot for each process
 * that waits. Its descriptor is kept, since a temporary file and a rename for every acquisition would cost as much as the lock itself.
 */
export class NodeOwnerFile implements OwnerFile, TrafficBoard {
  readonly #path: string;
  readonly #id: string;
  readonly #bytes = Buffer.alloc(HINTS_AT);
  readonly #board = Buffer.alloc(TRAFFIC_BYTES + SLOTS * HINT_BYTES);
  #descriptor: number | undefined;
  #slot: number | undefined;
  #seen: Board = NOTHING;
  #lookedAt = -Infinity;
  /** What of the traffic is on the disk, by this process. Between two looks it changes in memory alone. */
  #written = '';
  #isWriteDue = true;

  /** @param id of this process among those that wait; 12 hexadecimal digits */
  constructor(path: string, id: string) {
    this.#path = path;
    this.#id = id;
  }

  read(): OwnerRecord | undefined {
    try {
      const length = fs.readSync(this.#open(0), this.#bytes, 0, OWNER_RECORD_BYTES, 0);
      return decodeOwnerRecord(this.#bytes.toString('latin1', 0, length));
    } catch {
      return undefined;
    }
  }

  write(record: OwnerRecord, traffic?: LockTraffic): void {
    try {
      if (traffic) this.#seen = { traffic, hints: this.#seen.hints };
      const alsoTraffic = traffic !== undefined && this.#isWriteDue;
      if (alsoTraffic) this.#written = encodeTraffic(traffic);
      const text = encodeOwnerRecord(record);
      const length = this.#bytes.write(alsoTraffic ? text + this.#written : text, 'latin1');
      fs.writeSync(this.#open(O_CREAT), this.#bytes, 0, length, 0);
      if (alsoTraffic) this.#isWriteDue = false;
    } catch {
      // Without the hint, a killed holder's lock is only cleared after the usual 300 s.
    }
  }

  fileSystemTime(): number | undefined {
    try {
      const descriptor = this.#open(O_CREAT);
      // The byte that ends every record: the file's time changes, its content does not.
      fs.writeSync(descriptor, '\n', LAST_BYTE, 'latin1');
      return fs.fstatSync(descriptor).mtimeMs;
    } catch {
      return undefined;
    }
  }

  look(age: number): Board {
    const now = performance.now();
    if (now - this.#lookedAt >= age) {
      this.#seen = this.#look();
      this.#lookedAt = now;
      this.#isWriteDue = true;
    }
    return this.#seen;
  }

  announce({ rank, at }: Omit<WaiterHint, 'id'>): void {
    try {
      this.#slot ??= this.#freeSlot(at);
      const hint = Buffer.from(encodeHint({ rank, at, id: this.#id }), 'latin1');
      fs.writeSync(this.#open(0), hint, 0, HINT_BYTES, HINTS_AT + this.#slot * HINT_BYTES);
    } catch {
      // Others then do not know that this one waits.
    }
  }

  withdraw(): void {
    try {
      if (this.#slot !== undefined) fs.writeSync(this.#open(0), EMPTY_SLOT, 0, HINT_BYTES, HINTS_AT + this.#slot * HINT_BYTES);
    } catch {
      // It counts no more in a second.
    }
    this.#slot = undefined;
  }

  close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** @param create O_CREAT for who has the guard; others neither make the file nor need it */
  #open(create: number): number {
    this.#descriptor ??= fs.openSync(this.#path, create | O_RDWR | O_NOFOLLOW, 0o644);
    return this.#descriptor;
  }

  #look(): Board {
    try {
      const length = fs.readSync(this.#open(0), this.#board, 0, this.#board.length, OWNER_RECORD_BYTES);
      const text = this.#board.toString('latin1', 0, Math.min(length, TRAFFIC_BYTES));
      const traffic = text === this.#written ? this.#seen.traffic : decodeTraffic(text);
      return { traffic, hints: this.#hints(length).filter(({ id }) => id !== this.#id) };
    } catch {
      return NOTHING;
    }
  }

  /** @param length bytes of the board that were read */
  #hints(length: number): WaiterHint[] {
    const hints: WaiterHint[] = [];
    for (let start = TRAFFIC_BYTES; start + HINT_BYTES <= length; start += HINT_BYTES) {
      // Most slots are empty: blank, or never written.
      if ((this.#board[start] ?? 0) <= EMPTY_SLOT[0]!) continue;
      const hint = decodeHint(this.#board.toString('latin1', start, start + HINT_BYTES));
      if (hint) hints.push(hint);
    }
    return hints;
  }

  /** Two that look at the same moment may choose the same one: then only one of them is known of. */
  #freeSlot(now: number): number {
    const length = fs.readSync(this.#open(0), this.#board, 0, this.#board.length, OWNER_RECORD_BYTES);
    const first = Number.parseInt(this.#id.slice(0, 4), 16);
    for (let step = 0; step < SLOTS; step++) {
      const slot = (first + step) % SLOTS;
      const start = TRAFFIC_BYTES + slot * HINT_BYTES;
      const hint =
        start + HINT_BYTES > length ? undefined : decodeHint(this.#board.toString('latin1', start, start + HINT_BYTES));
      if (!hint || !isAlive(hint, now)) return slot;
    }
    return first % SLOTS;
  }
}
