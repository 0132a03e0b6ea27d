/** Ids of the identity explorer's contributions, as package.json spells them. */
export const viewId = 'keyless.appServiceIdentities';

export type CommandId =
  | 'keyless.identities.refresh'
  | 'keyless.identities.cancel'
  | 'keyless.identities.linkApp'
  | 'keyless.identities.linkFound'
  | 'keyless.identities.unlinkApp'
  | 'keyless.identities.openLinkSetting'
  | 'keyless.identities.signIn'
  | 'keyless.identities.useAnotherAccount'
  | 'keyless.identities.chooseTenant'
  | 'keyless.identities.openSignInSetting'
  | 'keyless.identities.openEndpointSetting'
  | 'keyless.identities.copyPrincipalId'
  | 'keyless.identities.copyClientId'
  | 'keyless.identities.copyResourceId'
  | 'keyless.identities.openInPortal'
  | 'keyless.identities.openDocumentation'
  | 'keyless.identities.copyAzureCli'
  | 'keyless.identities.enableIdentity'
  | 'keyless.identities.assignRole'
  | 'keyless.identities.removeAssignment'
  | 'keyless.identities.export'
  | 'keyless.identities.askDirectory'
  | 'keyless.identities.useDemoTenant'
  | 'keyless.identities.leaveDemoTenant';

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
