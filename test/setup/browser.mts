import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './systemPrograms.mts';

/** Off: what a container forbids (the sandbox), what it lacks (a GPU), and what looks for a network by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the machine's Chromium without a window.
 * @param hosts names that lead to the loopback interface: an http page of such a name is no secure context, as in a home network
 */
export async function launchBrowser(hosts: readonly string[] = []): Promise<Browser> {
  const executablePath = await findChromium((line) => console.error(line));
  const rules = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ');
  return chromium.launch({ executablePath, args: [...FLAGS, ...(rules ? [`--host-resolver-rules=${rules}`] : [])] });
}
