import type { FileEdits } from '../rewrite/fix.ts';

const settings =
  /\/(?:\.env[^/]*|[^/]*settings[^/]*\.json|application[^/]*\.(?:properties|ya?ml)|[^/]*\.config|[^/]*compose[^/]*\.ya?ml)$/iu;
const templates = /\.(?:bicep|bicepparam|tf|tfvars)$/iu;

/** Why somebody should look at edits of these files first: they may serve more than the code at hand. */
export function whyUnsure(files: readonly FileEdits[]): string | undefined {
  const stated = files.find(({ unsure }) => unsure !== undefined)?.unsure;
  if (stated !== undefined) return stated;
  const uris = files.map(({ uri }) => `/${uri.replaceAll('\\', '/')}`);
  if (uris.some(uri => templates.test(uri))) return 'This changes what is deployed';
  return uris.some(uri => settings.test(uri)) ? 'Other programs may use these settings' : undefined;
}
