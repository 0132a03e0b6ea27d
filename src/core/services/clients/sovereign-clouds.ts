const sovereignHost =
  /\.(?:azure\.(?:us|cn)|azure-devices\.(?:us|cn)|usgovcloudapi\.net|chinacloudapi\.cn)\.?(?=[:/;?]|$)/iu;

/**
 * Refuses endpoints of Azure Government and Azure in China for clients that ask for a token of the public cloud unless
 * told another audience. Clients of storage, messaging and Key Vault need nothing of the kind.
 */
export function refuseSovereign(constants: ReadonlyMap<string, string>): string | undefined {
  return [...constants.values()].some(value => sovereignHost.test(value))
    ? 'The endpoint is in a sovereign cloud, whose tokens are for an audience of its own. Set that audience or scope by hand where the client is made.'
    : undefined;
}
