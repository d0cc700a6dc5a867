// npm start: a real VS Code with the extension on a demo Home Assistant config folder that a writer keeps adding to.
// With --check it ends as soon as all of it has been seen to work.
import { join } from 'node:path';
import { installCodeServer } from '../setup/codeServer.mts';
import { npmCommand } from '../setup/npmCommand.mts';
import { packageExtension } from '../setup/packageExtension.mts';
import { ROOT } from '../setup/paths.mts';
import { runStep } from '../setup/runStep.mts';
import { serveWorkbench } from '../setup/serveWorkbench.mts';
import { QUIET } from '../setup/workbenchSettings.mts';
import { makeDemoConfig } from './demoConfig.mts';
import { findDesktopCode, openDesktopCode } from './desktopCode.mts';
import { startWriter } from './startWriter.mts';

const DEMO = join(ROOT, '.demo');
/** Beside Home Assistant's own 8123, so that the two are not mistaken for each other. */
const PORT = 8124;

/** Something that runs until it ends by itself or is stopped. */
interface Running {
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const log = (line: string): void => console.error(line);

/** Desktop VS Code where there is one and a display, else code-server; `where` says how to reach it. */
async function openHost(folder: string): Promise<Running & { readonly where: string }> {
  const code = await findDesktopCode();
  if (code) {
    await runStep(...npmCommand(['run', 'build']), { cwd: ROOT });
    return {
      ...openDesktopCode(code, { folder, profile: join(DEMO, 'desktop') }),
      where: `Opened ${folder} in desktop VS Code.`,
    };
  }
  const serverMain = await installCodeServer(log);
  const vsix = await packageExtension();
  const workbench = await serveWorkbench({
    serverMain,
    vsix,
    dataFolder: join(DEMO, 'code-server'),
    port: PORT,
    settings: QUIET,
    trusted: true,
  });
  return { ...workbench, where: `${workbench.url}?folder=${encodeURI(folder)}` };
}

async function check(where: string, firstInterval: Promise<string>): Promise<void> {
  log(`The writer added an interval: ${await firstInterval}.`);
  if (!where.startsWith('http')) return;
  const response = await fetch(where);
  if (!response.ok) throw new Error(`${where} answered ${response.status}.`);
  log(`The workbench answered ${response.status}.`);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

/** Starts everything, noting in `running` what has to be stopped, and stays until a part of it ends. */
async function demonstrate(running: Running[]): Promise<void> {
  log('Making the demo config folder …');
  const demo = await makeDemoConfig(join(DEMO, 'config'), new Date());
  const writer = startWriter(demo.database);
  running.push(writer);
  log('Building the extension and starting VS Code …');
  const host = await openHost(demo.folder);
  running.push(host);
  if (process.argv.includes('--check')) return await check(host.where, writer.firstInterval);
  log('Ctrl+C ends the demo.');
  console.log(host.where);
  await Promise.race(running.map(({ ended }) => ended));
}

const running: Running[] = [];
let exitCode = 0;
try {
  await Promise.race([demonstrate(running), interrupted()]);
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  exitCode = 1;
}
await Promise.all(running.map((each) => each.stop()));
// An installation that was interrupted must not keep us waiting.
process.exit(exitCode);
