import { describe, expect, it } from 'vitest';
import { InvalidDataError } from '../../../src/core/errors';
import { parseHomeAssistantUrl } from '../../../src/core/sync/homeAssistantUrl';

const HOME = { href: 'http://homeassistant.local:8123', webSocket: 'ws://homeassistant.local:8123/api/websocket' };
const REMOTE = { href: 'https://ha.example.org', webSocket: 'wss://ha.example.org/api/websocket' };
const ADD_ON = { href: 'http://supervisor/core', webSocket: 'ws://supervisor/core/websocket' };

describe('an address of Home Assistant', () => {
  it.each([
    ['http://homeassistant.local:8123', HOME],
    ['http://homeassistant.local:8123/', HOME],
    ['  HTTP://HomeAssistant.local:8123/lovelace/0?kiosk#top ', HOME],
    ['ws://homeassistant.local:8123/api/websocket', HOME],
    ['homeassistant.local', HOME],
    ['homeassistant.local/', HOME],
    ['homeassistant.local:8123', HOME],
    ['http:homeassistant.local:8123', HOME],
    ['https://ha.example.org', REMOTE],
    ['https://ha.example.org:443/', REMOTE],
    ['wss://ha.example.org/api/websocket', REMOTE],
    ['http://supervisor/core', ADD_ON],
    ['http://supervisor/core/', ADD_ON],
    ['http://supervisor/core/api', ADD_ON],
    ['ws://supervisor/core/websocket', ADD_ON],
    ['supervisor', ADD_ON],
    ['http://homeassistant.local', { href: 'http://homeassistant.local', webSocket: 'ws://homeassistant.local/api/websocket' }],
    ['homeassistant.local:80', { href: 'http://homeassistant.local', webSocket: 'ws://homeassistant.local/api/websocket' }],
    ['192.168.1.20', { href: 'http://192.168.1.20:8123', webSocket: 'ws://192.168.1.20:8123/api/websocket' }],
    ['[fd00::20]', { href: 'http://[fd00::20]:8123', webSocket: 'ws://[fd00::20]:8123/api/websocket' }],
    ['[fd00::20]:8000', { href: 'http://[fd00::20]:8000', webSocket: 'ws://[fd00::20]:8000/api/websocket' }],
    ['büro.local', { href: 'http://xn--bro-hoa.local:8123', webSocket: 'ws://xn--bro-hoa.local:8123/api/websocket' }],
  ])('is understood: %s', (text, { href, webSocket }) => {
    const url = parseHomeAssistantUrl(text);
    expect(url).toEqual({ href, webSocket, host: new URL(href).host });
    expect(parseHomeAssistantUrl(url.href)).toEqual(url);
    expect(parseHomeAssistantUrl(url.webSocket)).toEqual(url);
  });

  it.each([
    '',
    '   ',
    'http://',
    'https:///',
    'my home',
    'ftp://homeassistant.local',
    'file:///config',
    'http://homeassistant.local:port',
    'homeassistant.local:99999',
    'homeassistant..local',
    'http://me:secret@homeassistant.local:8123',
    `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${'secret'.repeat(15)}.Q2hhcmxpZSBkb2VzIG5vdCBzdXJmIGhlcmU`,
  ])('is refused without being repeated: %j', (text) => {
    const refusal = (): unknown => parseHomeAssistantUrl(text);
    expect(refusal).toThrow(InvalidDataError);
    try {
      refusal();
    } catch (error) {
      const { message, nextStep } = error as InvalidDataError;
      expect(nextStep).not.toBe('');
      expect(message + nextStep).not.toContain('secret');
    }
  });
});
