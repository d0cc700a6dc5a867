// A view's page in a browser of its own, with this process in the place of the extension: much quicker than a whole workbench.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../setup/browser.mts';
import { RESULTS, ROOT } from '../../setup/paths.mts';
import { themes } from './themes.ts';

export type ThemeName = keyof typeof themes;

/** What the extension would do for each request, in plain data and typed arrays; what is thrown reaches the page as an error record. */
export type ViewHost = Readonly<Record<string, (params: never) => unknown>>;

export interface ViewOptions {
  /** Name of the bundle in dist/webview. */
  readonly name: string;
  /** What the panel is of. */
  readonly address: string;
  readonly host: ViewHost;
  readonly theme?: ThemeName;
  /** CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** IANA name; default UTC. */
  readonly timeZone?: string;
  /** BCP 47; default en-US. */
  readonly language?: string;
  readonly reducedMotion?: boolean;
  /** What time it is for the page; default the real one. */
  readonly now?: Date;
}

/** A request as the page sent it. */
export interface SentRequest {
  readonly request: string;
  readonly params: unknown;
}

export interface OpenedView {
  readonly page: Page;
  /** Every request so far, in order. */
  readonly requests: readonly SentRequest[];
  /** Errors of the page, and what it wrote to the console as an error: to be empty. */
  readonly faults: readonly string[];
  /** What the page keeps, as VS Code would. */
  readonly kept: () => Promise<unknown>;
  /** Tells the page something unasked, such as `{ event: 'changed' }`. */
  readonly tell: (event: { readonly event: string }) => Promise<void>;
  readonly setTheme: (theme: ThemeName) => Promise<void>;
  /** Loads the page again with what it kept, as VS Code does with one that was hidden. */
  readonly reload: () => Promise<void>;
  /** Kept in test-results/screenshots. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const ORIGIN = 'https://view.test/';
const POLICY = `default-src 'none'; script-src 'nonce-view'; style-src ${ORIGIN}; img-src blob: data:`;

/** One browser for all views of a test file; `afterAll(closeBrowser)`. */
let browser: Promise<Browser> | undefined;

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Runs in the page before its script: the part of VS Code's webview that a page sees. */
function beVsCode(): void {
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void (globalThis as unknown as { toHost(sent: unknown): Promise<void> }).toHost(message),
      getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
  });
}

/** The page for a test, with the policy that the extension gives it. */
function html(name: string, language: string, theme: ThemeName): string {
  const { kind } = themes[theme];
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="${ORIGIN}vscode.css"><link rel="stylesheet" href="${ORIGIN}${name}.css">
<script type="module" nonce="view" src="${ORIGIN}${name}.js"></script></head><body class="${kind}"></body></html>`;
}

/** What VS Code gives every page: the theme's colours, and a style that uses them. */
function baseStyle(theme: ThemeName): string {
  const variables = Object.entries(themes[theme].colors).map(([key, value]) => `--vscode-${key}: ${value};`);
  return `:root { ${variables.join(' ')} }
body { background: var(--vscode-editor-background); color: var(--vscode-editor-foreground);
font: var(--vscode-font-size) var(--vscode-font-family); margin: 0; padding: 0 20px; }`;
}

export async function openView(options: ViewOptions): Promise<OpenedView> {
  const { name, address, host, theme = 'dark', language = 'en-US', viewport = { width: 1000, height: 700 } } = options;
  browser ??= launchBrowser();
  const context = await (
    await browser
  ).newContext({
    viewport,
    timezoneId: options.timeZone ?? 'UTC',
    locale: language,
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: SentRequest[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));

  const tell = (message: unknown): Promise<void> =>
    page.evaluate((data) => {
      globalThis.dispatchEvent(new MessageEvent('message', { data }));
    }, message);
  const handlers: ViewHost = { openAddress: (asked: string | null) => asked ?? address, showAsText: () => {}, ...host };
  await context.exposeFunction('toHost', async (message: { id?: number; request?: string; params?: unknown }) => {
    const { id, request, params } = message;
    // The rest are requests that the page no longer wants answered.
    if (id === undefined || request === undefined) return;
    requests.push({ request, params });
    try {
      const handle = handlers[request];
      if (!handle) throw new Error(`The test answers no “${request}”.`);
      const result = await handle(params as never);
      await tell({ id, result });
    } catch (error) {
      const {
        code = 'UNEXPECTED',
        message: text,
        nextStep = '',
      } = error as { code?: string; message: string; nextStep?: string };
      await tell({ id, error: { code, message: text, nextStep } });
    }
  });
  await context.addInitScript(beVsCode);
  if (options.now) await page.clock.setFixedTime(options.now);
  await page.route(`${ORIGIN}**`, async (route) => {
    const file = new URL(route.request().url()).pathname.slice(1);
    if (file === '') return route.fulfill({ contentType: 'text/html', body: html(name, language, theme) });
    if (file === 'vscode.css') return route.fulfill({ contentType: 'text/css', body: baseStyle(theme) });
    if (!/\.(js|css)$/.test(file)) return route.fulfill({ status: 204 });
    const body = await readFile(join(ROOT, 'dist/webview', file));
    return route.fulfill({ contentType: file.endsWith('.js') ? 'text/javascript' : 'text/css', body });
  });
  const setTheme = (wanted: ThemeName): Promise<void> =>
    page.evaluate(({ kind, colors }) => {
      for (const [key, value] of Object.entries(colors)) document.documentElement.style.setProperty(`--vscode-${key}`, value);
      document.body.className = kind;
    }, themes[wanted]);
  const load = async (): Promise<void> => {
    await page.goto(ORIGIN, { waitUntil: 'domcontentloaded' });
  };
  await load();
  return {
    page,
    requests,
    faults,
    tell,
    setTheme,
    kept: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown),
    reload: load,
    screenshot: async (file) => {
      const folder = join(RESULTS, 'screenshots');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${file}.png`) });
    },
    close: () => context.close(),
  };
}
