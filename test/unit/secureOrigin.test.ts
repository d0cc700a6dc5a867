import { describe, expect, it } from 'vitest';
import { isSecureOrigin } from '../../src/core/secureOrigin';

describe('isSecureOrigin', () => {
  it.each([
    ['https', 'homeassistant.local:8123'],
    ['http', 'localhost:8080'],
    ['http', 'LOCALHOST'],
    ['http', 'code.localhost:8080'],
    ['http', '127.0.0.1:8443'],
    ['http', '127.1.2.3'],
    ['http', '[::1]:8080'],
  ])('takes %s://%s for one', (scheme, authority) => {
    expect(isSecureOrigin(scheme, authority)).toBe(true);
  });

  it.each([
    ['http', 'homeassistant.local:8123'],
    ['http', '192.168.1.20:8443'],
    ['http', '127.0.0.1.example.org'],
    ['http', 'localhost.example.org:80'],
    ['http', '[::11]:8080'],
    ['http', ''],
  ])('takes %s://%s for none', (scheme, authority) => {
    expect(isSecureOrigin(scheme, authority)).toBe(false);
  });
});
