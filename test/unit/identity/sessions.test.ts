import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ArmEndpoint, resolveArmEndpoint } from '../../../src/core/rbac/arm-endpoint.ts';
import { cloudOfEditor, createSessions } from '../../../src/vscode/identity/sessions.ts';

/** VS Code's side of the conversation: what it was asked, and what it will answer. */
const host = vi.hoisted(() => ({
  asked: [] as { provider: string; request: unknown; options: Record<string, unknown> }[],
  answer: (): unknown => undefined,
  fire: undefined as unknown as (event: { provider: { id: string } }) => void,
  sovereign: '',
  /** What the user's own settings of the sovereign cloud say. */
  own: new Map<string, unknown>(),
  accounts: [] as { id: string; label: string }[],
  version: '1.110.0',
}));

vi.mock('vscode', () => ({
  get version() {
    return host.version;
  },
  authentication: {
    getSession: async (provider: string, request: unknown, options: Record<string, unknown>) => {
      host.asked.push({ provider, request, options });
      return host.answer();
    },
    getAccounts: async () => host.accounts,
    onDidChangeSessions: (listener: typeof host.fire) => {
      host.fire = listener;
      return { dispose: () => undefined };
    },
  },
  workspace: {
    getConfiguration: () => ({
      get: () => host.sovereign,
      inspect: (key: string) => ({ globalValue: host.own.get(key) }),
    }),
  },
  EventEmitter: class {
    readonly listeners: (() => void)[] = [];
    readonly event = (listener: () => void) => void this.listeners.push(listener);
    fire = () => this.listeners.forEach(listener => listener());
    dispose = () => undefined;
  },
}));

const azure = endpointOf('https://management.azure.com');
const scope = 'https://management.azure.com/.default';
const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
const ada = { id: 'ada', label: 'ada@contoso.com' };
const grace = { id: 'grace', label: 'grace@contoso.com' };
const challenge = {
  wwwAuthenticate: `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  fallbackScopes: [scope],
};

function endpointOf(url: string): ArmEndpoint {
  const resolved = resolveArmEndpoint(url);
  if (!resolved.ok) throw new Error(resolved.reason);
  return resolved.endpoint;
}

function session(label: string) {
  return { accessToken: `token of ${label}`, account: { label, id: label } };
}

function sessionsFor(endpoint: ArmEndpoint | undefined = azure) {
  return createSessions(() => endpoint);
}

beforeEach(() => {
  host.asked.length = 0;
  host.answer = () => session('ada@contoso.com');
  host.sovereign = '';
  host.accounts = [];
  host.version = '1.110.0';
});

describe('in the background', () => {
  it('asks silently, for the scopes as they are, and hands on the token for a short while', async () => {
    const token = await sessionsFor().token(azure, {}, [scope]);
    expect(token?.token).toBe('token of ada@contoso.com');
    expect((token?.expiresOnTimestamp ?? 0) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    expect(host.asked).toEqual([{ provider: 'microsoft', request: [scope], options: { silent: true } }]);
  });

  it('asks for the tenant and the account of a place', async () => {
    host.accounts = [ada, grace];
    await sessionsFor().token(azure, { tenantId: 'contoso.com', accountId: 'grace' }, [scope]);
    expect(host.asked).toEqual([
      {
        provider: 'microsoft',
        request: [scope, 'VSCODE_TENANT:contoso.com'],
        options: { silent: true, account: grace },
      },
    ]);
  });

  it('names all accounts that it may use', async () => {
    host.accounts = [ada, grace, { id: 'alan', label: 'alan@contoso.com' }];
    host.answer = () => {
      const { account } = host.asked.at(-1)?.options as { account: { label: string } };
      return account.label.startsWith('alan') ? undefined : session(account.label);
    };
    expect(await sessionsFor().account(azure)).toBe('ada@contoso.com, grace@contoso.com');
  });

  it('answers a claims challenge silently where VS Code can, and never by a prompt', async () => {
    await sessionsFor().token(azure, {}, [scope], claims);
    expect(host.asked).toEqual([{ provider: 'microsoft', request: challenge, options: { silent: true } }]);
    host.asked.length = 0;
    host.version = '1.104.3';
    expect(await sessionsFor().token(azure, {}, [scope], claims)).toBeUndefined();
    expect(host.asked).toEqual([]);
  });

  it('is not signed in when VS Code rejects', async () => {
    host.answer = () => {
      throw new Error('Timed out waiting for authentication provider to register');
    };
    expect(await sessionsFor().token(azure, {}, [scope])).toBeUndefined();
    expect(await sessionsFor().account(azure)).toBeUndefined();
  });

  it('is not signed in while VS Code does not answer, and tells when it does', async () => {
    vi.useFakeTimers();
    try {
      let answer: (value: unknown) => void = () => undefined;
      host.answer = () => new Promise(resolve => (answer = resolve));
      const sessions = sessionsFor();
      let changes = 0;
      sessions.onDidChangeAccount(() => changes++);
      const token = sessions.token(azure, {}, [scope]);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await token).toBeUndefined();
      expect(changes).toBe(0);
      answer(session('ada@contoso.com'));
      await vi.advanceTimersByTimeAsync(0);
      expect(changes).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks nobody for a loopback server', async () => {
    const loopback = endpointOf('http://127.0.0.1:4711');
    expect(await sessionsFor().token(loopback, {}, [scope])).toBeUndefined();
    expect(await sessionsFor().account(loopback)).toBeUndefined();
    expect(host.asked).toEqual([]);
  });
});

describe('a sovereign cloud', () => {
  const government = endpointOf('https://management.usgovcloudapi.net');

  it('is signed in to by its own provider', async () => {
    host.sovereign = 'USGovernment';
    await sessionsFor().account(government);
    expect(host.asked).toEqual([
      {
        provider: 'microsoft-sovereign-cloud',
        request: ['https://management.usgovcloudapi.net/.default'],
        options: { silent: true },
      },
    ]);
  });

  it('says which setting of VS Code is missing, by a click alone', async () => {
    host.sovereign = 'ChinaCloud';
    expect(await sessionsFor().account(government)).toBeUndefined();
    await expect(sessionsFor().signIn(government, 'account')).rejects.toThrow(
      /set microsoft-sovereign-cloud\.environment to "USGovernment"/,
    );
    expect(host.asked).toEqual([]);
  });
});

describe('the cloud of the editor', () => {
  it.each([
    [{}, undefined],
    [{ environment: 'USGovernment' }, 'https://management.usgovcloudapi.net'],
    [{ environment: 'ChinaCloud' }, 'https://management.chinacloudapi.cn'],
    [
      { environment: 'custom', customEnvironment: { resourceManagerEndpointUrl: 'https://management.local.example' } },
      'https://management.local.example',
    ],
    [{ environment: 'custom' }, undefined],
  ])('of the user settings %j is %s', (own, url) => {
    host.own = new Map(Object.entries(own));
    // What the workspace says counts for nothing: it could send tokens elsewhere.
    host.sovereign = 'ChinaCloud';
    expect(cloudOfEditor()).toBe(url);
  });
});

describe('a click', () => {
  it('signs in, or lets another account be chosen', async () => {
    expect(await sessionsFor().signIn(azure, 'account')).toBe(true);
    expect(await sessionsFor().signIn(azure, 'anotherAccount')).toBe(true);
    expect(host.asked.map(({ options }) => options)).toEqual([
      { createIfNone: true, clearSessionPreference: false },
      { createIfNone: true, clearSessionPreference: true },
    ]);
  });

  it('signs in to a tenant: the one that it is told, or the one that was asked for in vain', async () => {
    host.accounts = [ada, grace];
    const sessions = sessionsFor();
    await sessions.signIn(azure, { tenantId: 'fabrikam.com', accountId: 'grace' });
    host.answer = () => undefined;
    await sessions.token(azure, { tenantId: 'contoso.com', accountId: 'ada' }, [scope]);
    host.answer = () => session('ada@contoso.com');
    await sessions.signIn(azure, 'account');
    await sessions.signIn(azure, 'account');
    const interactive = { createIfNone: true, clearSessionPreference: false };
    expect(host.asked.filter(({ options }) => options['silent'] !== true)).toEqual([
      {
        provider: 'microsoft',
        request: [scope, 'VSCODE_TENANT:fabrikam.com'],
        options: { ...interactive, account: grace },
      },
      {
        provider: 'microsoft',
        request: [scope, 'VSCODE_TENANT:contoso.com'],
        options: { ...interactive, account: ada },
      },
      { provider: 'microsoft', request: [scope], options: interactive },
    ]);
  });

  it('answers a challenge in the tenant and with the account that met it', async () => {
    host.accounts = [ada, grace];
    const sessions = sessionsFor();
    sessions.challenged({ scopes: [scope], claims }, { tenantId: 'contoso.com', accountId: 'grace' });
    await sessions.signIn(azure, 'account');
    expect(host.asked).toEqual([
      {
        provider: 'microsoft',
        request: { ...challenge, fallbackScopes: [scope, 'VSCODE_TENANT:contoso.com'] },
        options: { createIfNone: true, clearSessionPreference: false, account: grace },
      },
    ]);
  });

  it('answers the challenge that is waiting, once', async () => {
    const sessions = sessionsFor();
    sessions.challenged({ scopes: [scope], claims }, {});
    await sessions.signIn(azure, 'account');
    await sessions.signIn(azure, 'account');
    expect(host.asked.map(({ request }) => request)).toEqual([challenge, [scope]]);
  });

  it('signs in anew for a challenge where VS Code knows none', async () => {
    host.version = '1.101.0';
    const sessions = sessionsFor();
    sessions.challenged({ scopes: [scope], claims }, {});
    await sessions.signIn(azure, 'account');
    expect(host.asked[0]?.request).toEqual([scope]);
    expect(host.asked[0]?.options).toHaveProperty('forceNewSession');
  });

  it('that the user gives up is no failure; anything else says what to check', async () => {
    host.answer = () => {
      throw new Error('User did not consent to login.');
    };
    expect(await sessionsFor().signIn(azure, 'account')).toBe(false);
    host.answer = () => {
      throw new Error('token endpoint said: eyJ…');
    };
    await expect(sessionsFor().signIn(azure, 'account')).rejects.toThrow(
      /^VS Code could not sign in to Microsoft\. Check/,
    );
  });
});

describe('a change of sessions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function changesAfter(label: string | undefined, events: number, provider = 'microsoft'): Promise<number> {
    const sessions = sessionsFor();
    await sessions.account(azure);
    let changes = 0;
    sessions.onDidChangeAccount(() => changes++);
    host.answer = () => label && session(label);
    for (let i = 0; i < events; i++) host.fire({ provider: { id: provider } });
    await vi.advanceTimersByTimeAsync(5000);
    return changes;
  }

  it('is told once for a burst of events', async () => {
    expect(await changesAfter('grace@contoso.com', 7)).toBe(1);
    expect(await changesAfter(undefined, 3)).toBe(1);
  });

  it('is not told when the account stays, or when another provider changed', async () => {
    expect(await changesAfter('ada@contoso.com', 3)).toBe(0);
    expect(await changesAfter('grace@contoso.com', 3, 'github')).toBe(0);
  });
});
