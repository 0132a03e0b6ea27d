import { isRefusal, type FollowUp } from '../../src/core/rewrite/fix.ts';
import { clientRewrites } from '../../src/core/rewrite/client-rewrites.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import { languages } from './client-examples.ts';

/** What the preferred rewrite of a secret in a text leaves to do. */
export async function nextStepsOf(languageId: string, text: string, secret: string): Promise<readonly FollowUp[]> {
  const start = text.lastIndexOf(secret);
  const span = { start, end: start + secret.length };
  const [offer] = await clientRewrites({ uri: 'a', languageId, text }, { span }, services, { languages });
  const result = await offer?.build();
  if (result === undefined || isRefusal(result)) throw new Error(result?.refusal ?? 'nothing offered');
  return result.followUps;
}
