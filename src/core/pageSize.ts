/** Whether pages of a SQLite database can be of so many bytes: https://www.sqlite.org/fileformat2.html#page_size */
export function isPageSize(bytes: number): boolean {
  return bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
}
