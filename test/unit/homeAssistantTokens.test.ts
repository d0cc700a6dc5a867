import { describe, expect, it } from 'vitest';
import { HomeAssistantTokens } from '../../src/vscode/homeAssistantTokens';

type Parts = ConstructorParameters<typeof HomeAssistantTokens>;

class FakeStorage {
  readonly memory = new Map<string, unknown>();
  readonly secrets = new Map<string, string>();
  isLocked = false;

  /** Over again, as after the window was opened anew. */
  open(): HomeAssistantTokens {
    const refuse = (): void => {
      if (this.isLocked) throw new Error('no keyring');
    };
    const secrets = {
      get: async (key: string) => (refuse(), this.secrets.get(key)),
      store: async (key: string, value: string) => (refuse(), void this.secrets.set(key, value)),
      delete: async (key: string) => void this.secrets.delete(key),
    } as unknown as Parts[0];
    const memento = {
      get: (key: string, fallback: unknown) => this.memory.get(key) ?? fallback,
      update: async (key: string, value: unknown) => void this.memory.set(key, value),
    } as unknown as Parts[1];
    return new HomeAssistantTokens(secrets, memento);
  }
}

describe('tokens for Home Assistant', () => {
  it('are kept by address, in the secret storage alone', async () => {
    const storage = new FakeStorage();
    await storage.open().keep('http://one:8123', 'token-one');
    await storage.open().keep('http://two:8123', 'token-two');
    await storage.open().keep('http://one:8123', 'token-three');
    const tokens = storage.open();
    expect(tokens.urls).toEqual(['http://one:8123', 'http://two:8123']);
    expect(await tokens.recall('http://one:8123')).toBe('token-three');
    expect(await tokens.recall('http://two:8123')).toBe('token-two');
    expect(await tokens.recall('http://three:8123')).toBeUndefined();
    expect(JSON.stringify([...storage.memory])).not.toContain('token-');
  });

  it('are forgotten, with their address or without', async () => {
    const storage = new FakeStorage();
    const tokens = storage.open();
    await tokens.keep('http://one:8123', 'token-one');
    await tokens.keep('http://two:8123', 'token-two');
    await tokens.forgetToken('http://one:8123');
    await tokens.forget('http://two:8123');
    expect(tokens.urls).toEqual(['http://one:8123']);
    expect(storage.secrets.size).toBe(0);
  });

  it('last for the session where there is no secret storage', async () => {
    const storage = new FakeStorage();
    storage.isLocked = true;
    const tokens = storage.open();
    await tokens.keep('http://one:8123', 'token-one');
    expect(await tokens.recall('http://one:8123')).toBe('token-one');
    expect(await storage.open().recall('http://one:8123')).toBeUndefined();
    await tokens.forgetToken('http://one:8123');
    expect(await tokens.recall('http://one:8123')).toBeUndefined();
  });
});
