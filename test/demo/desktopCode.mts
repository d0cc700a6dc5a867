// Desktop VS Code, where the machine has one and a display to show it on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../setup/paths.mts';
import { findProgram } from '../setup/systemPrograms.mts';

interface DesktopWindow {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Keeps the user's own settings and extensions out. */
  readonly profile: string;
}

/** @returns the path of the `code` command, or undefined where there is none or nothing to show a window on */
export async function findDesktopCode(): Promise<string | undefined> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasDisplay = process.platform === 'darwin' || process.platform === 'win32' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
  return hasDisplay ? await findProgram('code') : undefined;
}

/** `ended` is fulfilled when the window is closed; stop() lets go of the window, which stays open until the user closes it. */
export function openDesktopCode(
  code: string,
  { folder, profile }: DesktopWindow,
): { ended: Promise<unknown>; stop(): Promise<void> } {
  const args = [
    `--extensionDevelopmentPath=${ROOT}`,
    `--user-data-dir=${profile}`,
    '--disable-workspace-trust',
    '--new-window',
    '--wait',
    folder,
  ];
  // On Windows `code` is a batch file, which only a shell runs.
  const windows = process.platform === 'win32';
  const child = windows
    ? spawn(
        `"${code}"`,
        args.map((arg) => `"${arg}"`),
        { shell: true, stdio: 'inherit' },
      )
    : spawn(code, args, { stdio: 'inherit' });
  const ended = once(child, 'exit');
  return {
    ended,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
