// npm run package: writes the .vsix. With targets of VS Code (linux-x64, alpine-arm64, …) one for each of them, with only that one's
// binary of SQLite; with `all` those of every target that there is a binary for, and the universal one.
import { packageFor, TARGETS, type Target } from './packageExtension.mts';
import { runStep } from './runStep.mts';
import { npmCommand } from './npmCommand.mts';
import { ROOT } from './paths.mts';

const asked = process.argv.slice(2);
const targets = asked.includes('all') ? [undefined, ...Object.keys(TARGETS)] : asked.length > 0 ? asked : [undefined];
const unknown = targets.filter((target) => target !== undefined && !(target in TARGETS));
if (unknown.length > 0) {
  console.error(`There is no target ${unknown.join(', ')}. Name some of ${Object.keys(TARGETS).join(', ')}, or all.`);
  process.exit(2);
}
await runStep(...npmCommand(['run', 'build']), { cwd: ROOT });
for (const target of targets) console.log(await packageFor(target as Target | undefined));
