'use strict';
const vscode = require('vscode');

/** Accounts as Microsoft numbers them: the object, then the home tenant. Set by the test. */
const accounts = JSON.parse(process.env.KEYLESS_TEST_ACCOUNTS ?? '[]');

/** A provider that gives a session for each account and tenant that a user has signed in to, and none before. */
class StandIn {
  #sessions = [];
  #changed = new vscode.EventEmitter();
  onDidChangeSessions = this.#changed.event;

  async getSessions(scopes, options) {
    const tenant = scopes && tenantOf(scopes);
    const found = this.#sessions.filter(
      session =>
        (options?.account === undefined || session.account.id === options.account.id) &&
        (scopes === undefined || session.tenant === (tenant ?? homeOf(session.account))),
    );
    return found.map(session => ({ ...session, scopes: scopes ?? session.scopes }));
  }

  async createSession(scopes, options) {
    const signedIn = new Set(this.#sessions.map(({ account }) => account.id));
    const account = options?.account ?? accounts.find(({ id }) => !signedIn.has(id)) ?? accounts[0];
    const tenant = tenantOf(scopes) ?? homeOf(account);
    const session = {
      id: `${account.id} ${tenant}`,
      account,
      tenant,
      scopes,
      accessToken: `stand-in ${account.label} ${tenant}`,
    };
    this.#sessions.push(session);
    this.#changed.fire({ added: [session], removed: [], changed: [] });
    return session;
  }

  async removeSession(id) {
    const removed = this.#sessions.filter(session => session.id === id);
    this.#sessions = this.#sessions.filter(session => session.id !== id);
    this.#changed.fire({ added: [], removed, changed: [] });
  }
}

const tenantOf = scopes => scopes.find(scope => scope.startsWith('VSCODE_TENANT:'))?.slice('VSCODE_TENANT:'.length);
const homeOf = ({ id }) => id.split('.').at(-1);

exports.activate = context => {
  const id = 'microsoft-sovereign-cloud';
  const options = { supportsMultipleAccounts: true };
  context.subscriptions.push(
    vscode.authentication.registerAuthenticationProvider(id, 'Microsoft Sovereign Cloud', new StandIn(), options),
  );
  const ready = vscode.window.createStatusBarItem();
  ready.text = 'Accounts are ready';
  ready.show();
  context.subscriptions.push(ready);
};
