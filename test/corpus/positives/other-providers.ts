import { thirdPartyTokens } from '../../../src/core/secrets/third-party/third-party-tokens.ts';
import { carriers } from '../carriers.ts';
import { type CorpusEntry, negative, positive } from '../entry.ts';
import { names } from '../names.ts';
import { spread, type SecretForm } from '../spread.ts';
import type { Values } from '../values.ts';

/**
 * Tokens of other providers: rule, setting's name, shape. In a shape `{a20}` stands for 20 letters and digits, `{l}` for
 * lower case and digits, `{u}` for upper case and digits, `{L}` letters, `{d}` digits, `{h}` hexadecimal digits,
 * `{w}` base64url, `{m}` base32, `{b}` base64 characters without `=`, `{g}` a GUID; an empty shape is one with a checksum, which the
 * product computes.
 */
const shapes: readonly (readonly [rule: string, name: string, shape: string])[] = [
  ['github-personal-access-token', 'github token', ''],
  ['github-oauth-token', 'gh oauth', ''],
  ['github-user-token', 'github user token', ''],
  ['github-installation-token', 'app token', ''],
  ['github-refresh-token', 'refresh token', ''],
  ['github-client-secret', 'github client secret', '{h40}'],
  ['github-fine-grained-token', 'gh pat', 'github_pat_11{u20}_{a59}'],
  ['gitlab-personal-access-token', 'gitlab token', 'glpat-{w20}'],
  ['gitlab-deploy-token', 'deploy token', 'gldt-{w20}'],
  ['gitlab-runner-token', 'runner token', 'glrt-{w20}'],
  ['gitlab-job-token', 'ci job token', 'glcbt-{h2}_{w20}'],
  ['gitlab-trigger-token', 'trigger', 'glptt-{h40}'],
  ['gitlab-agent-token', 'agent token', 'glagent-{w50}'],
  ['gitlab-oauth-secret', 'oauth app secret', 'gloas-{h64}'],
  ['gitlab-scim-token', 'scim token', 'glsoat-{w20}'],
  ['gitlab-runner-registration-token', 'runner token', 'glrtr-{w20}'],
  ['gitlab-feed-token', 'feed token', 'glft-{w20}'],
  ['gitlab-mail-token', 'mail token', 'glimt-{l25}'],
  ['gitlab-workspace-token', 'workspace token', 'glwt-{w20}'],
  ['gitlab-feature-flags-token', 'flags token', 'glffct-{w20}'],
  ['bitbucket-app-password', 'bitbucket password', 'ATBB{a24}{X8}'],
  ['atlassian-api-token', 'jira token', 'ATATT3xFfGF0{w171}={X8}'],
  ['bitbucket-access-token', 'bitbucket token', 'ATCTT3xFfGN0{w171}={X8}'],
  ['npm-access-token', 'npm token', ''],
  ['pypi-token', 'twine password', 'pypi-AgEIcHlwaS5vcmc{w150}'],
  ['nuget-api-key', 'nuget key', 'oy2{m43}'],
  ['rubygems-api-key', 'gem host api key', 'rubygems_{h48}'],
  ['crates-io-token', 'cargo registry token', 'cio{a32}'],
  ['crates-io-publishing-token', 'publish token', ''],
  ['clojars-token', 'clojars', 'CLOJARS_{h60}'],
  ['docker-hub-token', 'docker token', 'dckr_pat_{w27}'],
  ['jfrog-api-key', 'artifactory key', 'AKCp{a69}'],
  ['jfrog-reference-token', 'artifactory token', 'cmVmdGtuOjAx{a52}'],
  ['circleci-token', 'circle token', 'CCIPAT_{a22}_{h40}'],
  ['buildkite-token', 'buildkite token', 'bkua_{h40}'],
  ['snyk-token', 'snyk token', '{g}'],
  ['snyk-personal-access-token', 'snyk token', 'snyk_uat.{l8}.{w60}.{w43}'],
  ['sonarqube-token', 'sonar token', 'squ_{h40}'],
  ['sonarqube-legacy-token', 'sonar token', '{h40}'],
  ['codecov-token', 'codecov token', '{g}'],
  ['postman-api-key', 'postman key', 'PMAK-{h24}-{h34}'],
  ['launchdarkly-token', 'launchdarkly sdk key', 'sdk-{g}'],
  ['linear-api-key', 'linear key', 'lin_api_{a40}'],
  ['figma-token', 'figma token', 'figd_{w40}'],
  ['notion-token', 'notion token', 'ntn_{a46}'],
  ['notion-legacy-token', 'notion api key', 'secret_{a43}'],
  ['asana-token', 'asana token', '1/12{d14}:{h32}'],
  ['airtable-token', 'airtable token', 'pat{a14}.{h64}'],
  ['contentful-token', 'contentful token', 'CFPAT-{w43}'],
  ['mapbox-secret-token', 'mapbox token', 'sk.eyJ{w80}.{w22}'],
  ['age-secret-key', 'sops age key', ''],
  ['prefect-api-key', 'prefect key', 'pnu_{a36}'],
  ['readme-api-key', 'readme key', 'rdme_{l70}'],
  ['aws-secret-access-key', 'aws secret access key', '{b40}'],
  ['aws-bedrock-api-key', 'bedrock key', 'ABSK{a128}'],
  ['aws-bedrock-short-term-key', 'bedrock token', 'bedrock-api-key-{a1200}'],
  ['gcp-api-key', 'maps api key', 'AIzaSy{w33}'],
  ['gcp-authentication-key', 'gemini api key', 'AQ.Ab8{w47}'],
  ['gcp-oauth-client-secret', 'google client secret', 'GOCSPX-{w28}'],
  ['digitalocean-token', 'do token', 'dop_v1_{h64}'],
  ['heroku-api-key', 'heroku key', 'HRKU-AA{w58}'],
  ['heroku-legacy-api-key', 'heroku api key', '{g}'],
  ['cloudflare-api-token', 'cloudflare api token', '{w40}'],
  ['cloudflare-scannable-token', 'cf token', 'cfut_{a48}'],
  ['cloudflare-origin-ca-key', 'origin ca key', 'v1.0-{h24}-{h146}'],
  ['fastly-api-token', 'fastly api token', '{w32}'],
  ['netlify-token', 'netlify token', 'nfp_{a36}'],
  ['vercel-token', 'vercel token', 'vcp_{a56}'],
  ['fly-io-token', 'fly token', 'fm2_{b300}'],
  ['tailscale-key', 'tailscale key', 'tskey-auth-{a12}CNTRL-{a32}'],
  ['hashicorp-vault-token', 'vault token', 'hvs.{w90}'],
  ['terraform-cloud-token', 'tfe token', '{a14}.atlasv1.{a67}'],
  ['pulumi-access-token', 'pulumi token', 'pul-{h40}'],
  ['doppler-token', 'doppler token', 'dp.pt.{a43}'],
  ['onepassword-service-account-token', 'op token', 'ops_eyJ{w600}'],
  ['onepassword-secret-key', 'onepassword account', 'A3-{u6}-{u6}-{u5}-{u5}-{u5}-{u5}'],
  ['supabase-token', 'supabase token', 'sbp_{h40}'],
  ['supabase-secret-key', 'supabase service', 'sb_secret_{w22}_{w8}'],
  ['planetscale-token', 'planetscale', 'pscale_tkn_{w43}'],
  ['mongodb-atlas-secret', 'atlas service account', 'mdb_sa_sk_{w40}'],
  ['mongodb-atlas-private-key', 'mongodb atlas private key', '{g}'],
  ['algolia-admin-key', 'algolia admin key', '{h32}'],
  ['datadog-key', 'dd api key', '{h32}'],
  ['datadog-application-key', 'dd app key', 'ddapp_{a34}'],
  ['new-relic-user-key', 'new relic key', 'NRAK-{u27}'],
  ['new-relic-license-key', 'new relic license', '{h36}NRAL'],
  ['dynatrace-token', 'dynatrace token', 'dt0c01.{u24}.{u64}'],
  ['grafana-service-account-token', 'grafana token', ''],
  ['grafana-cloud-token', 'grafana cloud', 'glc_eyJ{b120}'],
  ['sentry-org-token', 'sentry auth', 'sntrys_eyJ{b120}_{b43}'],
  ['sentry-user-token', 'sentry token', 'sntryu_{h64}'],
  ['sentry-integration-token', 'sentry token', 'sntryi_{h64}'],
  ['pagerduty-api-key', 'pagerduty api key', '{w20}'],
  ['pagerduty-integration-key', 'pagerduty routing key', '{h32}'],
  ['okta-api-token', 'okta token', '00{w40}'],
  ['auth0-client-secret', 'auth0 client secret', '{w64}'],
  ['openai-api-key', 'openai api key', 'sk-proj-{w74}T3BlbkFJ{w74}'],
  ['anthropic-api-key', 'anthropic api key', 'sk-ant-api03-{w93}AA'],
  ['hugging-face-token', 'hf token', 'hf_{L34}'],
  ['groq-api-key', 'groq key', 'gsk_{a52}'],
  ['replicate-api-token', 'replicate token', 'r8_{a37}'],
  ['perplexity-api-key', 'pplx key', 'pplx-{a48}'],
  ['xai-api-key', 'grok key', 'xai-{a80}'],
  ['openrouter-api-key', 'router key', 'sk-or-v1-{h64}'],
  ['langsmith-api-key', 'langsmith key', 'lsv2_pt_{h32}_{h10}'],
  ['pinecone-api-key', 'pinecone key', 'pcsk_{a5}_{a63}'],
  ['slack-bot-token', 'slack bot token', 'xoxb-2{d10}-3{d11}-{a24}'],
  ['slack-user-token', 'slack user token', 'xoxp-2{d10}-3{d11}-4{d11}-{h32}'],
  ['slack-app-token', 'slack app token', 'xapp-1-A{u10}-5{d12}-{h64}'],
  ['slack-refresh-token', 'slack refresh', 'xoxe-1-{a146}'],
  ['slack-webhook', 'slack hook', 'https://hooks.slack.com/services/T{u10}/B{u10}/{a24}'],
  ['teams-webhook', 'teams hook', 'https://contoso.webhook.office.com/webhookb2/{g}@{g}/IncomingWebhook/{h32}/{g}'],
  ['discord-bot-token', 'discord token', 'MT{a24}.G{a5}.{w38}'],
  ['discord-webhook', 'discord hook', 'https://discord.com/api/webhooks/11{d16}/{w68}'],
  ['telegram-bot-token', 'telegram token', '6{d9}:AA{w33}'],
  ['stripe-secret-key', 'stripe key', 'sk_live_51{a97}'],
  ['stripe-restricted-key', 'stripe restricted', 'rk_live_51{a97}'],
  ['stripe-test-key', 'stripe test key', 'sk_test_51{a97}'],
  ['stripe-organization-key', 'stripe org key', 'sk_org_{a97}'],
  ['stripe-restricted-test-key', 'stripe restricted test', 'rk_test_51{a97}'],
  ['stripe-webhook-secret', 'stripe endpoint secret', 'whsec_{a32}'],
  ['square-access-token', 'square token', 'EAAAl{w59}'],
  ['square-application-secret', 'square secret', 'sq0csp-{w43}'],
  ['braintree-access-token', 'braintree', 'access_token$production${l16}${h32}'],
  ['paypal-client-secret', 'paypal client secret', 'E{w79}'],
  ['flutterwave-secret-key', 'flutterwave', 'FLWSECK-{h32}-X'],
  ['duffel-token', 'duffel token', 'duffel_live_{w43}'],
  ['shippo-token', 'shippo token', 'shippo_live_{h40}'],
  ['shopify-admin-token', 'shopify token', 'shpat_{h32}'],
  ['shopify-custom-app-token', 'shopify app', 'shpca_{h32}'],
  ['shopify-private-app-password', 'shopify password', 'shppa_{h32}'],
  ['shopify-shared-secret', 'shopify secret', 'shpss_{h32}'],
  ['shopify-theme-password', 'shopify cli theme token', 'shptka_{h32}'],
  ['sendgrid-api-key', 'sendgrid key', 'SG.{w22}.{w43}'],
  ['mailgun-api-key', 'mailgun api key', 'key-{h32}'],
  ['mailchimp-api-key', 'mailchimp key', '{h32}-us21'],
  ['mandrill-api-key', 'mandrill key', 'md-{w22}'],
  ['postmark-server-token', 'postmark server token', '{g}'],
  ['brevo-api-key', 'brevo key', 'xkeysib-{h64}-{a16}'],
  ['resend-api-key', 'resend key', 're_{a8}_{a24}'],
  ['twilio-auth-token', 'twilio auth token', '{h32}'],
  ['hubspot-token', 'hubspot token', 'pat-na1-{g}'],
  ['dropbox-access-token', 'dropbox token', 'sl.u.{w160}'],
  ['typeform-token', 'typeform token', 'tfp_{w44}'],
];

const kinds: Readonly<Record<string, (v: Values, count: number) => string>> = {
  a: (v, count) => v.alphanumeric(count),
  l: (v, count) => v.lowerAlphanumeric(count),
  u: (v, count) => v.alphanumeric(count).toUpperCase(),
  L: (v, count) => v.letters(count),
  d: (v, count) => v.digits(count),
  m: (v, count) => v.from('abcdefghijklmnopqrstuvwxyz234567', count),
  h: (v, count) => v.hex(count),
  X: (v, count) => v.hex(count).toUpperCase(),
  w: (v, count) => `${v.alphanumeric(1)}${v.base64Url(count).slice(0, count - 2)}${v.alphanumeric(1)}`,
  b: (v, count) => v.base64(count).slice(0, count),
  g: v => v.guid(),
};

function fill(rule: string, shape: string, v: Values): string {
  if (shape === '') return thirdPartyTokens.find(({ id }) => id === rule)!.standIn(v.standIns);
  return shape.replaceAll(/\{(\w)(\d*)\}/gu, (_part, kind: string, count: string) => kinds[kind]!(v, Number(count)));
}

/** Dollar signs are escaped or expanded by some formats. */
const dollars = ['ts-template', 'go-raw', 'sh-plain', 'sh-default', 'ps-env', 'sh-export', 'markdown-block', 'kotlin-val', 'dockerfile-env', 'tfvars', 'compose-list', 'compose-map', 'dotenv'];

/** Key files of Google as they are downloaded, pasted and passed on. */
const googleKey = (v: Values): string => `«-----BEGIN PRIVATE KEY-----\n${v.base64(900).replaceAll(/.{64}/gu, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----»\n`;
const googleFile = (v: Values): object => ({ type: 'service_account', project_id: 'orders', private_key_id: v.hex(40), private_key: googleKey(v), client_email: 'orders@orders.iam.gserviceaccount.com' });
const googleFiles: readonly (readonly [path: string, write: (v: Values) => string])[] = [
  ['orders-1a2b3c.json', v => JSON.stringify(googleFile(v), null, 2)],
  ['credentials/google.json', v => JSON.stringify(googleFile(v), null, '\t')],
  ['.env', v => `GOOGLE_CREDENTIALS='${JSON.stringify(googleFile(v))}'\n`],
  ['src/google.ts', v => `export const credentials = ${JSON.stringify(googleFile(v), null, 2)} as const;\n`],
  ['etl/google.py', v => `CREDENTIALS = ${JSON.stringify(googleFile(v))}\n`],
  ['deploy/google.yaml', v => `google: '${JSON.stringify(googleFile(v))}'\n`],
  ['notebook.js', v => `const auth = new GoogleAuth({ credentials: ${JSON.stringify(googleFile(v))} });\n`],
  ['infra/google.tfvars.json', v => JSON.stringify({ google_credentials: googleFile(v) })],
];

/** What is nearly such a token: cut short, masked, a part of a longer word. The setting's name says nothing. */
const nearMisses: readonly (readonly [why: string, spoil: (token: string) => string])[] = [
  ['cut short', token => token.slice(0, Math.min(16, Math.floor(token.length / 2)))],
  ['masked', token => token.slice(0, headOf(token)) + 'x'.repeat(token.length - headOf(token))],
  ['a part of a longer word', token => `Qzv${token}Qzv`],
  ['a placeholder', token => `${token.slice(0, headOf(token))}<your-token>`],
];

/** Length of the part that all tokens of a kind begin with. */
function headOf(token: string): number {
  return Math.min(Math.max(token.search(/\d/u), 4), 24);
}

/** Where neither quotes nor escapes change the value and nothing around it gives a name. */
const plainCarriers = carriers.filter(({ id }) => ['ts-single', 'yaml-plain', 'dotenv', 'json-compact', 'text', 'xml-appsettings', 'tf-settings', 'markdown-inline'].includes(id));

function neighbours(): CorpusEntry[] {
  return shapes.flatMap(([rule, , shape], i) =>
    nearMisses
      // An address is one to every reader, whatever is behind it; a GUID is in parts what it is as a whole.
      .filter(() => !shape.startsWith('https:') && shape !== '{g}')
      .map(([why, spoil], n) => {
        const carrier = plainCarriers[(i + n) % plainCarriers.length]!;
        return negative(`near-${rule}/${n}-${carrier.id}`, carrier.path, `${why}: ${rule}`, v => carrier.write(names('build label'), spoil(fill(rule, shape, v))));
      }),
  );
}

/** Every token in every `step`-th format that a setting can be written in. */
export function tokensInCarriers(step: number): CorpusEntry[] {
  return spread(
    shapes.map(([rule, name, shape]): SecretForm => ({ id: rule, rules: [rule], name, value: v => `«${fill(rule, shape, v)}»`, not: shape.includes('$') ? dollars : [] })),
    step,
  );
}

export function otherProviders(): CorpusEntry[] {
  return [
    ...tokensInCarriers(8),
    ...googleFiles.map(([path, write], i) => positive(`google/${i}-${path}`, path, ['gcp-service-account-key'], write)),
    ...neighbours(),
  ];
}
