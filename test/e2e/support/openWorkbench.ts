// A workbench with the packaged extension installed, on a copy of the demo config folder, in a browser.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { launchBrowser } from '../../setup/browser.mts';
import { serveWorkbench } from '../../setup/serveWorkbench.mts';
import { NO_GALLERY, QUIET, USUAL_HOST, type Settings } from '../../setup/workbenchSettings.mts';
import { Faults } from './faults.ts';
import { WorkbenchPage } from './workbenchPage.ts';

export interface OpenOptions {
  /** Default true; false starts in Restricted Mode. */
  readonly trusted?: boolean;
  /** Added to the usual host's, which hide `.storage` and databases. */
  readonly settings?: Settings;
  /** Loads the page from a host name over http, which is no secure context: webviews do not render there. */
  readonly insecure?: boolean;
  /** Makes the folder to open and returns its absolute path; default a new copy of the demo config folder. */
  readonly makeFolder?: () => Promise<string>;
  /** CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface OpenedWorkbench {
  readonly ui: WorkbenchPage;
  readonly faults: Faults;
  /** Absolute path of the folder that is open. */
  readonly folder: string;
  /** Absolute path of the occupancy database in it. */
  readonly database: string;
  /** Loads the page again, as a user does after closing the tab. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

const INSECURE_HOST = 'homeassistant.test';
const VIEWPORT = { width: 1280, height: 900 };

/** A new copy of the demo config folder, outside of any repository. */
export async function copyDemoFolder(): Promise<string> {
  const folder = join(await mkdtemp(join(inject('scratch'), 'folder-')), 'config');
  await cp(inject('demoFolder'), folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

export async function openWorkbench(options: OpenOptions = {}): Promise<OpenedWorkbench> {
  const { trusted = true, settings = {}, insecure = false, viewport = VIEWPORT, makeFolder = copyDemoFolder } = options;
  const folder = await makeFolder();
  const dataFolder = await mkdtemp(join(inject('scratch'), 'workbench-'));
  const server = await serveWorkbench({
    serverMain: inject('serverMain'),
    vsix: inject('vsix'),
    dataFolder,
    trusted,
    settings: { ...QUIET, ...USUAL_HOST, ...settings },
    env: NO_GALLERY,
  });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    browser = await launchBrowser(insecure ? [INSECURE_HOST] : []);
    const page = await browser.newPage({ viewport });
    const faults = new Faults(page, server.logFolder);
    const ui = new WorkbenchPage(page);
    const load = async (): Promise<void> => {
      const origin = insecure ? `http://${INSECURE_HOST}:${server.port}/` : server.url;
      await page.goto(`${origin}?folder=${encodeURIComponent(folder)}`);
      await ui.statusBarItem('Notifications').waitFor();
    };
    await load();
    return { ui, faults, folder, database: join(folder, '.storage', 'area_occupancy.db'), reload: load, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One workbench for all tests of a file; keeps a screenshot of what a failed test saw. */
export function useWorkbench(options: OpenOptions = {}): () => OpenedWorkbench {
  let opened: OpenedWorkbench | undefined;
  beforeAll(async () => {
    opened = await openWorkbench(options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await opened?.ui.screenshot(`failed ${task.name}`);
  });
  afterAll(async () => {
    await opened?.close();
  });
  return () => {
    if (!opened) throw new Error('The workbench is open only while the tests of the file run.');
    return opened;
  };
}
