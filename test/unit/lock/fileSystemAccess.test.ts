import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Override {
  files: string[];
  rules: Record<string, unknown>;
}

/** The files of src that may use fs: each touches only files that SQLite never locks. */
function allowed(): string[] {
  const { overrides } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as { overrides: Override[] };
  return overrides.filter(({ rules }) => rules['no-restricted-imports'] === 'off').flatMap(({ files }) => files);
}

/** What the project's linter says of one file with this text. */
function lint(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'aoi-lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  mkdirSync(join(folder, 'src/server'), { recursive: true });
  writeFileSync(join(folder, 'src/server/reader.ts'), text);
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  return spawnSync(process.execPath, [oxlint, 'src'], { cwd: folder, encoding: 'utf8' }).stdout;
}

describe('fs in the sources', () => {
  it.each(["import { openSync } from 'node:fs';", "import { open } from 'node:fs/promises';", "import fs from 'fs';"])(
    'is refused by the linter: %s',
    (line) => {
      const [, name] = /import \{? ?(\w+)/.exec(line) ?? [];
      expect(lint(`${line}\nexport const use = ${name};\n`)).toContain("silently drops SQLite's locks");
      expect(lint("import { join } from 'node:path';\nexport const use = join;\n")).not.toContain('no-restricted-imports');
    },
  );

  it('is allowed only where it is used, and used only where it is allowed', () => {
    const users = globSync('src/**/*.ts', { cwd: root })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /from '(node:)?fs(\/promises)?'/.test(readFileSync(join(root, file), 'utf8')));
    expect(allowed().filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(users.toSorted()).toEqual(allowed().toSorted());
  });
});
