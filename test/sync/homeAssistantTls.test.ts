import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { core, corePath } from '../support/core.mts';
import { FakeHomeAssistant } from '../support/fakeHomeAssistant.mts';
import { selfSignedCertificate } from '../support/selfSignedCertificate.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { collect } from './homeHistory.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z') * 1000;
const REQUEST = { entityIds: ['light.one'], start: NOW, end: NOW + 1e9, withUnit: new Set<string>() };
const STATES = [{ entityId: 'light.one', state: 'on', attributes: {}, lastUpdated: NOW / 1e6 + 1, lastChanged: null }];

describe('Home Assistant over https', () => {
  const folder = temporaryFolder('tls');
  const tls = selfSignedCertificate('127.0.0.1');
  let secure: FakeHomeAssistant;
  let plain: FakeHomeAssistant;
  beforeAll(async () => {
    secure = await FakeHomeAssistant.start({ states: STATES, tls });
    plain = await FakeHomeAssistant.start({ states: STATES });
  });
  afterAll(async () => {
    await secure.close();
    await plain.close();
    folder.remove();
  });

  const reading = (url: string) => collect(core.homeAssistant(url, secure.token, { connectTimeout: 5 }).read(REQUEST));

  it('is refused with a certificate that nobody vouches for, and says so', async () => {
    await expect(reading(secure.url)).rejects.toMatchObject({
      code: 'HOME_ASSISTANT',
      message: `127.0.0.1:${secure.port} shows a certificate that is not trusted here (DEPTH_ZERO_SELF_SIGNED_CERT).`,
    });
  });

  it('is read where that certificate is trusted', async () => {
    const certificate = join(folder.path, 'home.pem');
    writeFileSync(certificate, tls.cert);
    const script = `
      const { homeAssistant } = require(process.argv[1]);
      const request = { entityIds: ['light.one'], start: ${NOW}, end: ${NOW + 1e9}, withUnit: new Set() };
      (async () => {
        for await (const batch of homeAssistant(process.argv[2], process.argv[3]).read(request)) console.log(JSON.stringify(batch));
      })();`;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, corePath, secure.url, secure.token], { env });
    expect(JSON.parse(stdout)).toEqual({ entityId: 'light.one', changes: [{ state: 'on', at: NOW + 1e6, unit: null }] });
  });

  it('is told from http by name', async () => {
    await expect(reading(plain.url.replace('http:', 'https:'))).rejects.toThrow(/does not speak https/);
    await expect(reading(secure.url.replace('https:', 'http:'))).rejects.toMatchObject({
      code: 'HOME_ASSISTANT',
      nextStep: expect.stringContaining('https://') as string,
    });
  });
});
