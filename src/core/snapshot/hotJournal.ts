/** How a -journal begins that SQLite would roll back: https://www.sqlite.org/fileformat2.html#the_rollback_journal */
const MAGIC = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

export const JOURNAL_MAGIC_BYTES = MAGIC.length;

/** Whether the database beside it may be half written. One that is over is gone, empty, or begins with zeros. */
export function isHotJournal(journal: Uint8Array): boolean {
  return MAGIC.every((byte, index) => journal[index] === byte);
}
