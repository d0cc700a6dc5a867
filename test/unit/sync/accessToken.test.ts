import { describe, expect, it } from 'vitest';
import { tokenProblem } from '../../../src/core/sync/accessToken';

describe('an access token', () => {
  it('is taken as it is, with the line break that came along', () => {
    expect(tokenProblem('eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiIx.c2lnbmF0dXJl\n')).toBeUndefined();
  });

  it.each([
    ['', 'Paste the access token.'],
    [' \n', 'Paste the access token.'],
    ['the token', 'An access token has no spaces or line breaks.'],
    ['http://homeassistant.local:8123', 'This is an address; paste the access token.'],
  ])('is not %j', (text, problem) => {
    expect(tokenProblem(text)).toBe(problem);
  });
});
