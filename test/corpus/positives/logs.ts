import { type CorpusEntry, negative, positive } from '../entry.ts';

const rule = ['secret-in-log'];

/** Secrets that code writes to its log, as they come up in reviews. */
const logged: readonly (readonly [path: string, ...lines: string[]])[] = [
  ['src/db.ts', "import sql from 'mssql';", 'export async function connect() {', '  console.log(`connecting to ${«process.env.DATABASE_URL»}`);', '  return sql.connect(process.env.DATABASE_URL!);', '}'],
  ['src/auth.ts', "import { DefaultAzureCredential } from '@azure/identity';", 'const token = await new DefaultAzureCredential().getToken(scope);', "console.log('got token', «token.token»);"],
  ['api/keys.js', 'const apiKey = await readKey();', "logger.debug('api key: %s', «apiKey»);"],
  ['api/options.js', 'console.dir({ endpoint, «clientSecret» });'],
  ['api/store.tsx', 'console.info("storage", JSON.stringify({ account, key: «accountKey» }));'],
  ['worker/main.py', 'import logging', 'logging.info("connection string is %s", «connection_string»)'],
  ['worker/vault.py', 'secret = client.get_secret("orders-db")', 'print(f"{secret.name}: {«secret.value»}")'],
  ['worker/env.py', 'logger.warning("using " + «os.environ["AZURE_CLIENT_SECRET"]»)'],
  ['worker/token.py', 'print("Bearer", «credential.get_token(scope).token»)'.replace('«credential.get_token(scope).token»', '«access_token»')],
  ['Api/Startup.cs', 'public void Configure(ILogger<Startup> logger)', '{', '    logger.LogInformation("Connection: {Cs}", «Configuration.GetConnectionString("Orders")»);', '}'],
  ['Api/Program.cs', 'Console.WriteLine("Storage " + «Environment.GetEnvironmentVariable("STORAGE_CONNECTION_STRING")»);'],
  ['Api/Token.cs', 'var token = await credential.GetTokenAsync(context);', '_logger.LogDebug($"token {«token.Token»}");'],
  ['Api/Mail.cs', 'Log.Information("smtp {User} {Password}", user, «smtpPassword»);'],
  ['src/main/java/Db.java', 'LOG.info("url {} password {}", url, «dbPassword»);'],
  ['src/main/java/Token.java', 'System.out.println("token: " + «accessToken.getToken()»);'],
  ['src/main/java/Bus.java', 'logger.debug(String.format("bus %s", «connectionString»));'],
  ['cmd/main.go', 'log.Printf("connecting with %s", «connectionString»)'],
  ['cmd/env.go', 'fmt.Println("key", «os.Getenv("AZURE_SEARCH_ADMIN_KEY")»)'],
  ['cmd/secret.go', 'slog.Info("read", "secret", «clientSecret»)'],
];

const neighbours: readonly (readonly [path: string, why: string, ...lines: string[]])[] = [
  ['src/db.ts', 'whether it is set', "console.log('DATABASE_URL set:', Boolean(process.env.DATABASE_URL));", "console.log(password ? 'password given' : 'no password');"],
  ['src/mask.ts', 'masked', "console.log(`key ${mask(apiKey)}`, redact(connectionString), maskedSecret);", "logger.info('hash', sha256(password), passwordHash);"],
  ['src/cut.ts', 'a piece', "console.log(apiKey.slice(0, 4) + '…', token.substring(0, 3), connectionString.split(';')[0]);"],
  ['src/words.ts', 'words', "console.log('Enter your password:');", "console.error('AZURE_CLIENT_SECRET is missing');", "console.warn(`no api key for ${name}`);"],
  ['src/parse.ts', 'a token of a language', 'console.log(`unexpected ${token}`);', 'logger.debug(nextToken, continuationToken, cancellationToken);'],
  ['src/names.ts', 'names', 'console.log(secretName, passwordField, tokenType, keyVaultUri, secret.properties.version);'],
  ['src/type.ts', 'types and counts', 'console.log(typeof password, passwords.length, usage.total_tokens, tokenCount);'],
  ['worker/a.py', 'whether it is there', 'print("secret set", secret is not None, bool(password), len(api_key))', 'logger.info("masked %s", mask(secret.value))'],
  ['worker/b.py', 'names', 'print(secret.name, secret.properties.version, password_policy, token_url)', 'logging.info("Rotated secret %s", secret_name)'],
  ['worker/c.py', 'not a log', 'connect(password)', 'save(secret.value)', 'dialog.log_in(password)'],
  ['Api/A.cs', 'names', 'logger.LogInformation("Secret {Name} v{Version}", secret.Name, secret.Properties.Version);', 'Console.WriteLine(nameof(Password));'],
  ['Api/B.cs', 'whether it is there', 'Console.WriteLine($"set: {!string.IsNullOrEmpty(connectionString)}");', 'logger.LogWarning("No connection string {Name}", connectionStringName);'],
  ['src/main/java/A.java', 'whether it is there', 'log.info("password set: {}", password != null);', 'log.debug("token type {}", token.getType());'],
  ['cmd/a.go', 'whether it is there', 'log.Printf("secret set: %t, %d bytes", clientSecret != "", len(clientSecret))', 'log.Println("next", pageToken, "deviceToken")'],
];

export function loggedSecrets(): CorpusEntry[] {
  return [
    ...logged.map(([path, ...lines], i) => positive(`log/${i}-${path}`, path, rule, () => `${lines.join('\n')}\n`)),
    ...neighbours.map(([path, why, ...lines], i) => negative(`log-silent/${i}-${path}`, path, why, () => `${lines.join('\n')}\n`)),
  ];
}
