/** The schemes of SQLAlchemy's URLs that the recorder supports, without their driver. */
const SERVERS: Readonly<Record<string, string>> = {
  mysql: 'mysql',
  mariadb: 'mysql',
  postgresql: 'postgresql',
  postgres: 'postgresql',
};

/** The value may stand on the next line, after a `>` or `|`. */
const DB_URL = /\bdb_url["']?\s*:\s*(?:[>|][+-]?\s+)?["']?([a-z]+)(?:\+\w+)?:\/\//i;

/**
 * The database server that a configuration.yaml names for the recorder, `mysql` or `postgresql`; null where it names none, or
 * names it in another file. Looks at lines: a YAML parser would want Home Assistant's own tags.
 */
export function recorderServer(yaml: string): string | null {
  const lines = yaml.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, ''));
  const from = lines.findIndex((line) => /^["']?recorder["']?\s*:/.test(line));
  if (from === -1) return null;
  const below = lines.slice(from + 1);
  // The section ends where a line begins at the margin again.
  const length = below.findIndex((line) => /^\S/.test(line));
  const section = [lines[from] ?? '', ...(length === -1 ? below : below.slice(0, length))].join('\n');
  return SERVERS[DB_URL.exec(section)?.[1]?.toLowerCase() ?? ''] ?? null;
}
