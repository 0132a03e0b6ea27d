/**
 * Who a token was given to, in words for the reader: a user's sign-in name, or what kind of identity with its client id.
 * Nothing but these claims is looked at, and they are shown, never trusted.
 * @returns `undefined` for a token that is no JSON Web Token or does not say
 */
export function accountOfToken(token: string): string | undefined {
  const claims = claimsOf(token);
  const text = (name: string): string | undefined => {
    const value = claims?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const user = text('upn') ?? text('preferred_username') ?? text('unique_name') ?? text('email');
  if (user !== undefined) return user;
  const clientId = text('appid') ?? text('azp');
  const managed = text('xms_mirid');
  if (managed !== undefined) return `managed identity ${managed.split('/').at(-1) ?? ''}`;
  return clientId === undefined ? undefined : `application ${clientId}`;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
