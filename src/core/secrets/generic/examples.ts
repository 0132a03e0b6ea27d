import { encodeBase64 } from '../base64.ts';
import type { CredentialExamples } from '../../services/service.ts';
import type { StandIns } from '../stand-ins.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 32 characters as many services issue their keys; always with digits. */
const key = (s: StandIns): string => `${s.characters(14, letters)}7${s.characters(14, letters)}4Qz`;
const base64 = (text: string): string => encodeBase64(new TextEncoder().encode(text));

export const genericPasswordExamples: CredentialExamples = {
  found: [
    { languageId: 'typescript', text: s => `const password = "«${s.password()}»";` },
    { languageId: 'csharp', text: s => `private const string DbPassword = @"«${s.password()}»";` },
    { languageId: 'python', text: s => `client = connect(host, user="app", password='«${s.password()}»')` },
    { languageId: 'java', text: s => `dataSource.setPassword("«${s.password()}»");` },
    { languageId: 'go', text: s => `cfg := Config{Passwd: "«${s.password()}»"}` },
    { languageId: 'typescript', text: s => `const pw = process.env.DB_PASSWORD ?? '«${s.password()}»';` },
    { languageId: 'python', text: s => `os.getenv("DB_PASSWORD", "«${s.password()}»")` },
    { languageId: 'csharp', text: s => `settings["Smtp:Password"] = "«${s.password()}»";` },
    { languageId: 'json', text: s => `{ "smtp": { "user": "app", "pass": "«${s.password()}»" } }` },
    { languageId: 'xml', text: s => `<add key="SmtpPassword" value="«${s.password()}»" />` },
    { languageId: 'xml', text: s => `<server><password>«${s.password()}»</password></server>` },
    { languageId: 'yaml', text: s => `db:\n  user: app\n  password: «${s.password()}»\n` },
    { languageId: 'yaml', text: s => `env:\n  - name: DB_PASSWORD\n    value: "«${s.password()}»"\n` },
    { languageId: 'dotenv', text: s => `export ADMIN_PASSWORD=«${s.password()}» # the old one` },
    { languageId: 'properties', text: s => `spring.mail.password=«${s.password()}»` },
    { languageId: 'terraform', text: s => `admin_password = "«${s.password()}»"` },
    { languageId: 'bicep', text: s => `param adminPassword string = '«${s.password()}»'` },
    {
      languageId: 'powershell',
      text: s => `$p = ConvertTo-SecureString -String "«${s.password()}»" -AsPlainText -Force`,
    },
    { languageId: 'json', text: s => `{"Mq": "Hostname=mq.contoso.com;Username=app;Password=«${s.password()}»"}` },
    { languageId: 'shellscript', text: s => `curl https://app:«${s.password()}»@api.contoso.com/v1` },
    { languageId: 'csharp', text: s => `new X509Certificate2("app.pfx", "«${s.password()}»")` },
    {
      languageId: 'yaml',
      text: s => `apiVersion: v1\nkind: Secret\ndata:\n  password: «${base64(s.password())}»\n`,
    },
    {
      languageId: 'dotenv',
      severity: 'information',
      text: s => `NATS=nats://app:«${s.password()}»@localhost:4222/`,
    },
    { languageId: 'typescript', text: () => `const password = "«${['summer', '2024'].join('-')}»";` },
    { languageId: 'typescript', text: () => `const password = "«${['secret', 'Dragon', '77'].join('')}»";` },
  ],
  silent: [
    { languageId: 'typescript', text: () => 'const password = "password";', why: 'a word' },
    { languageId: 'typescript', text: () => 'const password = process.env["DB_PASSWORD"];', why: 'environment' },
    { languageId: 'json', text: () => '{ "password": "Enter your password (8 characters)" }', why: 'text for people' },
    { languageId: 'json', text: () => '{ "password": "Passwort:", "passwd": "Contraseña" }', why: 'translations' },
    {
      languageId: 'typescript',
      text: () => 'const autocomplete = { password: "current-password" };',
      why: 'identifier',
    },
    { languageId: 'typescript', text: () => 'form.password = "#password-input";', why: 'selector' },
    { languageId: 'typescript', text: () => 'const passwordPolicy = "Min8Chars1Upper";', why: 'name goes on' },
    { languageId: 'dotenv', text: () => 'PASSWORD_FILE=/run/secrets/db_pw1', why: 'file' },
    { languageId: 'yaml', text: () => 'password: ${DB_PASSWORD:-}', why: 'variable' },
    { languageId: 'yaml', text: () => 'password: !Ref DbPassword9', why: 'reference' },
    { languageId: 'typescript', text: () => 'if (password === "aB3$xyz99") {}', why: 'comparison' },
    {
      languageId: 'json',
      text: () => `{ "password": "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" }`,
      why: 'hash',
    },
    { languageId: 'plaintext', text: () => 'https://user:password@example.com/', why: 'placeholder' },
    { languageId: 'powershell', text: () => 'ConvertTo-SecureString "$env:PW" -AsPlainText', why: 'variable' },
    { languageId: 'csharp', text: () => 'new X509Certificate2(path, configuration["Pfx"])', why: 'look-up' },
  ],
};

export const genericKeyExamples: CredentialExamples = {
  found: [
    { languageId: 'typescript', text: s => `const apiKey = "«${key(s)}»";` },
    { languageId: 'csharp', text: s => `client.DefaultRequestHeaders.Add("X-Api-Key", "«${key(s)}»");` },
    { languageId: 'python', text: s => `AUTH_TOKEN: str = "«${key(s)}»"` },
    { languageId: 'go', text: s => `const webhookSecret = "«${key(s)}»"` },
    { languageId: 'java', text: s => `builder.apiKey("«${key(s)}»").build();` },
    { languageId: 'json', text: s => `{ "ApiKey": "«${key(s)}»" }` },
    { languageId: 'json', text: s => `{ "name": "API_KEY", "value": "«${key(s)}»" }` },
    { languageId: 'xml', text: s => `<add key="ApiKey" value="«${key(s)}»" />` },
    { languageId: 'dotenv', text: s => `SESSION_SECRET=«${s.legacyHexKey()}»` },
    { languageId: 'toml', text: s => `secret_key = "«${key(s)}»"` },
    {
      languageId: 'csharp',
      severity: 'error',
      text: s => `new SearchClient(endpoint, "index", new AzureKeyCredential("«${key(s)}»"))`,
    },
    {
      languageId: 'python',
      severity: 'error',
      text: s => `TextAnalyticsClient(endpoint, credential="«${key(s)}»")`,
    },
  ],
  silent: [
    { languageId: 'typescript', text: () => 'const apiKey = process.env.API_KEY;', why: 'environment' },
    {
      languageId: 'json',
      text: () => '{ "apiKey": "<your-api-key>", "token": "YOUR_TOKEN_HERE" }',
      why: 'placeholder',
    },
    { languageId: 'typescript', text: () => 'const token = "MultiLineCommentTrivia2";', why: 'words' },
    {
      languageId: 'typescript',
      text: () => 'const tokenUrl = "https://login.contoso.com/oauth2/v2.0/token";',
      why: 'URL',
    },
    {
      languageId: 'typescript',
      text: () => 'const secretName = "orders-api-client-secret-v2";',
      why: 'name of a secret',
    },
    {
      languageId: 'typescript',
      text: s => `const cancellationToken = "${s.legacyHexKey()}";`,
      why: 'a token that opens nothing',
    },
    { languageId: 'json', text: () => '{ "token": "0f7a5f0e-2a1c-4b8e-8f65-6c1d9a3b7e42" }', why: 'GUID' },
    { languageId: 'typescript', text: s => `const cacheKey = "${s.legacyHexKey()}";`, why: 'a key of another sense' },
    { languageId: 'typescript', text: () => 'const accessToken = "accessToken1";', why: 'the name repeated' },
    { languageId: 'csharp', text: () => 'new AzureKeyCredential(configuration["SearchKey"])', why: 'look-up' },
    { languageId: 'python', text: () => 'headers = {"Authorization": f"Bearer {token}"}', why: 'variable' },
  ],
};
