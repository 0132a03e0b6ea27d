/** Ids of the identity explorer's contributions, as package.json spells them. */
export const viewId = 'keyless.identities';

export const commands = {
  refresh: 'keyless.identities.refresh',
  cancel: 'keyless.identities.cancel',
  linkApp: 'keyless.identities.linkApp',
  unlinkApp: 'keyless.identities.unlinkApp',
  openLinkSetting: 'keyless.identities.openLinkSetting',
  signIn: 'keyless.identities.signIn',
  useAnotherAccount: 'keyless.identities.useAnotherAccount',
  chooseTenant: 'keyless.identities.chooseTenant',
  openSignInSetting: 'keyless.identities.openSignInSetting',
  openEndpointSetting: 'keyless.identities.openEndpointSetting',
  copyPrincipalId: 'keyless.identities.copyPrincipalId',
  copyClientId: 'keyless.identities.copyClientId',
  copyResourceId: 'keyless.identities.copyResourceId',
  openInPortal: 'keyless.identities.openInPortal',
  useDemoTenant: 'keyless.identities.useDemoTenant',
  leaveDemoTenant: 'keyless.identities.leaveDemoTenant',
} as const;

/** Keys that `when` clauses in package.json read. */
export const contextKeys = {
  reading: 'keyless.identities.reading',
  demo: 'keyless.identities.demo',
  signedIn: 'keyless.identities.signedIn',
} as const;

/** How the explorer proves to Azure who is asking: the values of `keyless.azure.signIn`. */
export type SignIn = 'vscode' | 'defaultAzureCredential' | 'demo';

/** How the explorer is connected: one of the above, or a loopback test server, which gets no real credential. */
export type ConnectionKind = SignIn | 'testServer';
