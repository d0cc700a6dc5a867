/** Characters of a name at most, without the ending: file systems allow 255 bytes. */
const LONGEST = 60;

/** A name for a file out of names of the user's: what some file system does not allow in it is replaced. */
export function exportFileName(parts: readonly string[], ending: string): string {
  const name = parts.join(' ').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, '_');
  const [...characters] = name.replaceAll(/\s+/g, ' ').trim();
  const kept = characters
    .slice(0, LONGEST)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  return `${kept || 'export'}.${ending}`;
}
