// keyless-ignore-file -- made-up texts in which something is to be found
import { caskChecksum } from '../../../src/core/secrets/checksums.ts';
import { type CorpusEntry, positive, type Template } from '../entry.ts';
import { joinLines } from '../names.ts';
import type { Values } from '../values.ts';

type Text = readonly [path: string, rules: readonly string[], template: Template];

const call = ['command-line-password'];
const password = ['generic-password'];
const key = ['generic-api-key'];
const machineKey = ['asp-net-machine-key'];

/** Passwords that programs take behind a letter. */
const calls: readonly Text[] = [
  ['schema.sh', call, v => `sqlcmd -S sql.contoso.com -d orders -U deploy -P '«${v.humanPassword()}»' -i schema.sql\n`],
  ['schema.ps1', password, v => `Invoke-Sqlcmd -ServerInstance "sql.contoso.com" -Username "deploy" -Password "«${v.strongPassword()}»" -Query "SELECT 1"\n`],
  ['schema.ps1', password, v => `Invoke-Sqlcmd -ServerInstance "sql.contoso.com" -Username "deploy" -Password "«${v.humanPassword()}7»" -Query "SELECT 1"\n`],
  ['export.cmd', call, v => `bcp orders out orders.dat -c -S sql01 -U export -P «${v.strongPassword()}»\r\n`],
  ['dump.sh', call, v => `mysqldump -h db.contoso.com -u app -p«${v.alphanumeric(14)}7» orders > o.sql\n`],
  ['dump.sh', call, v => `mysqldump \\\n  --host db.contoso.com \\\n  -u app -p'«${v.alphanumeric(14)}7»' \\\n  orders\n`],
  ['backup.yml', call, v => `- run: mongodump --host m1 -u backup -p «${v.strongPassword()}» --out dump\n`],
  ['get.sh', call, v => `curl -u admin:«${v.strongPassword()}» https://nexus.contoso.com/repository/x -o x.zip\n`],
  ['get.sh', password, v => `wget -q --user deploy --password «${v.strongPassword()}» https://nexus.contoso.com/x\n`],
  ['Get.cs', call, v => `Process.Start("curl", "-s -u deploy:«${v.strongPassword()}» https://erp.contoso.com");\n`],
  ['map.ps1', call, v => `net use Z: \\\\files\\share /user:CONTOSO\\svc «${v.strongPassword()}»\n`],
  ['cert.sh', call, v => `openssl pkcs12 -export -out c.pfx -inkey k.pem -in c.pem -passout pass:«${v.strongPassword()}»\n`],
  ['copy.py', call, v => `subprocess.run(["sshpass", "-p", "«${v.strongPassword()}»", "scp", "a", host])\n`],
  ['copy.sh', call, v => `sshpass -p «${v.strongPassword()}» scp dist.zip web01:/srv\n`],
  ['login.sh', call, v => `docker login registry.contoso.com -u ci -p «${v.strongPassword()}»\n`],
  ['flush.sh', call, v => `redis-cli -h cache01 -a «${v.strongPassword()}» flushall\n`],
  ['who.sh', call, v => `ldapsearch -x -D cn=admin,dc=contoso -w «${v.strongPassword()}» -b dc=contoso\n`],
  ['task.cmd', call, v => `schtasks /create /tn sync /tr sync.cmd /sc daily /ru CONTOSO\\svc /rp «${v.strongPassword()}»\r\n`],
  ['az.sh', call, v => `az sql server create -n s -g rg -u sqladmin -p '«${v.humanPassword()}7»'\n`],
  ['sign.cmd', call, v => `signtool sign /f cert.pfx /p «${v.strongPassword()}» /tr http://ts.contoso.com app.exe\r\n`],
  ['push.sh', [...call, 'docker-registry-auth'], v => `echo «${v.alphanumeric(32)}» | docker login registry.contoso.com --username ci --password-stdin\n`],
  ['redis.conf', call, v => joinLines('bind 0.0.0.0', `requirepass «${v.alphanumeric(24)}»`, `masterauth «${v.alphanumeric(24)}»`)],
  ['compose.yml', call, v => joinLines('services:', '  cache:', `    command: redis-server --requirepass «${v.strongPassword()}»`)],
  ['login.sql', call, v => `EXEC sp_addlogin 'app', '«${v.humanPassword()}»';\n`],
  ['publish.cmd', password, v => `SqlPackage.exe /Action:Publish /TargetServerName:sql01 /TargetUser:u /TargetPassword:«${v.humanPassword()}7»\r\n`],
];

const others: readonly Text[] = [
  ['web.config', machineKey, v => `<machineKey validationKey="«${v.hex(128).toUpperCase()}»" decryptionKey="«${v.hex(64).toUpperCase()}»" validation="SHA1" decryption="AES" />\n`],
  ['Web.config', machineKey, v => `<system.web><machineKey decryptionKey="«${v.hex(48)}»,IsolateApps" /></system.web>\n`],
  ['appsettings.json', machineKey, v => JSON.stringify({ ValidationKey: `«${v.hex(128)}»` })],
  ['rclone.conf', ['storage-account-key'], v => joinLines('[azure]', 'type = azureblob', 'account = contoso', `key = «${v.standIns.legacyKey64()}»`)],
  ['edge.toml', ['iot-device-key'], v => joinLines('[provisioning]', 'source = "dps"', 'id_scope = "0ne000A1B2C"', '[provisioning.attestation]', 'method = "symmetric_key"', 'registration_id = "edge-1"', `symmetric_key = { value = "«${v.standIns.legacyKey32()}»" }`)],
  ['device.py', ['iot-device-key'], v => joinLines('client = ProvisioningDeviceClient.create_from_symmetric_key(', '    provisioning_host="global.azure-devices-provisioning.net",', '    registration_id="r1",', '    id_scope="0ne00112233",', `    symmetric_key="«${v.standIns.legacyKey32()}»",`, ')')],
  ['main.go', ['mysql-password'], v => `dsn := "app:«${v.alphanumeric(16)}»@tcp(contoso.mysql.database.azure.com:3306)/orders?tls=true"\n`],
  ['main.go', ['mysql-password'], v => `db, err := sql.Open("mysql", "app:«${v.strongPassword().replaceAll('~', '-')}»@tcp(db.contoso.com:3306)/orders")\n`],
  ['.pgpass', ['postgresql-password'], v => `contoso.postgres.database.azure.com:5432:orders:app:«${v.alphanumeric(18)}»\n`],
  ['speech.js', ['ai-services-key'], v => `const speechConfig = sdk.SpeechConfig.fromSubscription("«${v.hex(32)}»", "westeurope");\n`],
  ['speech.py', ['ai-services-key'], v => `speech_config = speechsdk.SpeechConfig(subscription="«${v.hex(32)}»", region="westeurope")\n`],
  ['Translate.cs', ['ai-services-key'], v => joinLines(`private static readonly string key = "«${v.hex(32)}»";`, 'private static readonly string endpoint = "https://api.cognitive.microsofttranslator.com";')],
  ['face.json', ['ai-services-key'], v => `{"Face":{"Endpoint":"https://contoso.cognitiveservices.azure.com/","Key":"«${v.hex(32)}»"}}\n`],
  ['agent.yaml', ['log-analytics-shared-key'], v => joinLines('apiVersion: v1', 'kind: Secret', 'stringData:', `  WSID: ${v.guid()}`, `  KEY: «${v.standIns.legacyKey64()}»`)],
  ['pat.ps1', ['devops-personal-access-token'], v => joinLines(`$pat = "«${v.standIns.devOpsToken()}»"`, '$auth = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes(":$pat"))')],
  ['kubeconfig', ['kubernetes-credential'], v => joinLines('apiVersion: v1', 'kind: Config', 'users:', '- name: clusterUser', '  user:', `    token: «${v.hex(128)}»`)],
  ['sms.py', ['twilio-auth-token'], v => `client = Client("AC${v.hex(32)}", "«${v.hex(32)}»")  # twilio\n`],
  ['sms.sh', ['twilio-auth-token'], v => `curl -X POST https://api.twilio.com/2010-04-01/Accounts -u AC${v.hex(32)}:«${v.hex(32)}»\n`],
  ['settings.py', key, v => `SECRET_KEY = "«${v.from('abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)', 40)}@hm(-7%b!q»"\n`],
  ['secrets.rb', key, v => `config.secret_key_base = '«${v.hex(128)}»'\n`],
  ['.env', key, v => `JWT_SECRET=«${v.hex(128)}»\n`],
  ['backend.tf', ['storage-account-key'], v => joinLines('backend "azurerm" {', '  storage_account_name = "state01"', '  container_name       = "state"', `  access_key           = "«${v.standIns.legacyKey64()}»"`, '}')],
  ['Old.cs', ['storage-account-key'], v => `var creds = new StorageCredentials("contoso", "«${v.standIns.legacyKey64()}»");\n`],
  ['copy.cmd', ['storage-account-key'], v => `azcopy /Source:dist /Dest:https://contoso.blob.core.windows.net/c /DestKey:«${v.standIns.legacyKey64()}» /S\r\n`],
  ['Sender.cs', ['service-bus-access-key'], v => joinLines(`var policy = TokenProvider.CreateSharedAccessSignatureTokenProvider("Send", "«${v.standIns.legacyKey32()}»");`, 'var address = "sb://contoso.servicebus.windows.net";')],
  ['devices.json', ['iot-device-key'], v => `[{"deviceId":"a","authentication":{"symmetricKey":{"primaryKey":"«${v.standIns.legacyKey32()}»","secondaryKey":"«${v.standIns.legacyKey32()}»"}}}]\n`],
  ['Startup.cs', ['cosmos-account-key'], v => `options.UseCosmos("https://contoso.documents.azure.com:443/", "«${v.standIns.legacyKey64()}»", databaseName: "Orders");\n`],
  ['speech.env', ['ai-services-key'], v => joinLines(`SPEECH_KEY=«${v.hex(32)}»`, 'SPEECH_REGION=westeurope')],
  ['user.ppk', ['private-key'], v => joinLines('PuTTY-User-Key-File-3: ssh-rsa', 'Encryption: none', 'Comment: x', 'Public-Lines: 1', 'AAAA', 'Private-Lines: 14', `«${v.standIns.privateKeyBody()}»`, `Private-MAC: ${v.hex(64)}`)],
  ['main.tf', password, v => `  admin_pass                      = "«${v.strongPassword()}»"\n`],
  ['app.ini', password, v => `[smtp]\npassword              = «${v.strongPassword()}»\n`],
  ['seq.js', password, v => `const db = new Sequelize('orders', 'app', '«${v.strongPassword()}»', { dialect: 'mssql' });\n`],
  ['conn.php', password, v => `$db = new mysqli("db.contoso.com", "app", "«${v.strongPassword()}»", "orders");\n`],
  ['mail.py', password, v => joinLines('import smtplib', `server.login("mailer@contoso.com", "«${v.strongPassword()}»")`)],
  ['unattend.xml', password, v => `<AdministratorPassword><Value>«${v.strongPassword()}»</Value><PlainText>true</PlainText></AdministratorPassword>\n`],
  ['Jwt.cs', key, v => `var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("«${v.alphanumeric(40)}»"));\n`],
  ['Jwt.java', key, v => `Keys.hmacShaKeyFor("«${v.alphanumeric(40)}»".getBytes());\n`],
  ['Env.cs', key, v => `Environment.SetEnvironmentVariable("API_SECRET", "«${v.alphanumeric(40)}»");\n`],
  ['sign.js', ['private-key'], v => `var key = '-----BEGIN RSA PRIVATE KEY-----\\n\\\n«${v.standIns.privateKeyBody().replaceAll('\n', '\\n\\\n')}»\\n\\\n-----END RSA PRIVATE KEY-----\\n';\n`],
  ['server.js', key, v => `app.use(session({ secret: "«${v.from('bcdfghjklmnpqrstvwxz', 9)}o${v.from('bcdfghjklmnpqrstvwxz', 14)}»" }));\n`],
  ['Client.cs', ['authorization-header'], v => `client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "«${v.alphanumeric(43)}1a2b3»");\n`],
  ['get.py', password, v => `requests.get(url, auth=("svc", "«${v.strongPassword()}»"))\n`],
  ['get.go', password, v => `req.SetBasicAuth("svc", "«${v.strongPassword()}»")\n`],
  ['pat.py', ['devops-personal-access-token'], v => `credentials = BasicAuthentication('', '«${v.standIns.devOpsToken()}»')\n`],
  // Forms that providers have had since
  ['token.txt', ['github-installation-token'], v => `«ghs_${v.digits(7)}_eyJ${v.base64Url(60)}.eyJ${v.base64Url(180)}.${v.base64Url(256)}»\n`],
  ['job.log', ['gitlab-job-token'], v => `CI_JOB_TOKEN=«glcbt-eyJ${v.base64Url(70)}.${v.base64Url(300)}.${v.base64Url(256)}»\n`],
  ['.env', ['heroku-api-key'], v => `KEY=«HRKU-${v.guid()}»\n`],
  ['pipeline.sh', ['buildkite-token'], v => `export TOKEN=«bkct_${v.alphanumeric(73)}»\n`],
  ['dns.env', ['cloudflare-api-token'], v => `CF_Token=«${v.alphanumeric(40)}»\n`],
  ['dns.env', ['cloudflare-api-token'], v => `CLOUDFLARE_GLOBAL_API_KEY=«${v.hex(45)}»\n`],
  // What fresh texts showed
  ['notify.go', ['twilio-auth-token'], v => joinLines('import "github.com/twilio/twilio-go"', `	return twilio.NewRestClientWithParams(twilio.ClientParams{Username: sid, Password: "«${v.hex(32)}»"})`)],
  ['devise.rb', key, v => joinLines('Devise.setup do |config|', `  config.pepper = '«${v.hex(128)}»'`, 'end')],
  ['auth.py', key, v => `PASSWORD_PEPPER = "«${v.base64Url(32)}7»"\n`],
  ['github.rb', ['github-client-secret'], v => `  config.omniauth :github, 'Iv1.${v.hex(16)}', '«${v.hex(40)}»', scope: 'user:email'\n`],
  ['auth.ts', ['github-client-secret'], v => joinLines('GitHub({', `  clientId: 'Ov23${v.alphanumeric(16)}',`, `  clientSecret: process.env.GITHUB_SECRET ?? '«${v.hex(40)}»',`, '})')],
  ...['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'].map(
    (name): Text => ['wp-config.php', key, v => `<?php\ndefine( '${name}',         '«${v.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-=~!@#$%^&*()_+,./?;:[]{}| ', 63)}k»' );\n`],
  ),
  ['runbook.md', password, v => `The drop is \`sftp.partner.example.net\`, user \`contoso\`, password \`«${v.strongPassword()}»\`.\n`],
  ['appsettings.json', key, v => JSON.stringify({ Jwt: { Issuer: 'https://api.contoso.com', ExpireMinutes: 60, Key: `«${v.alphanumeric(48)}»` } }, null, 2)],
  ['appsettings.json', key, v => JSON.stringify({ Logging: { LogLevel: {} }, JwtSettings: { Key: `«${v.base64(32)}»`, Audience: 'web' } })],
  ['secrets.h', password, v => `#define WIFI_PASSWORD "«${v.humanPassword()}7»"\n`],
  ['sign-in.ini', ['github-client-secret'], v => joinLines('[azure]', `tenant_id = ${v.guid()}`, `github_client_secret = «${v.hex(40)}»`)],
  ['hand-over.txt', ['algolia-admin-key'], v => `The algolia admin key is «${v.hex(32)}», ask Ana for the rest.\n`],
  ['Startup.cs', ['aws-secret-access-key'], v => `builder.Configuration["Aws:Secret:Access:Key"] = "«${v.base64(30)}»";\n`],
  ['alertmanager.yml', ['pagerduty-integration-key'], v => joinLines('  - name: pager', '    pagerduty_configs:', `      - routing_key: «${v.hex(32)}»`)],
  ['page.ts', ['pagerduty-integration-key'], v => joinLines("await fetch('https://events.pagerduty.com/v2/enqueue', {", `  body: JSON.stringify({ routing_key: '«${v.alphanumeric(32)}»', event_action: 'trigger' }),`, '});')],
  ['sync.pl', password, v => `my $dbh = DBI->connect($dsn, "sync", "«${v.strongPassword()}»", { RaiseError => 1 });\n`],
  ['api.conf', ['authorization-header'], v => `    proxy_set_header Authorization "Basic «${v.standIns.base64Of(`proxy:${v.strongPassword()}`)}»";\n`],
  ['airflow.cfg', key, v => `fernet_key = «${v.base64Url(32)}=»\n`],
  ['crypt.py', key, v => `cipher = Fernet(b'«${v.base64Url(32)}=»')\n`],
  ['claude.env', ['anthropic-api-key'], v => `KEY=«sk-ant-svc02-${v.base64Url(72)}AA»\n`],
  ['config.yml', ['codecov-token'], v => joinLines('environment:', `  CODECOV_TOKEN: «${v.guid()}»`)],
  ['orders.service', password, v => joinLines('[Service]', `Environment=ORDERS_DB_PASSWORD=«${v.humanPassword()}7»`)],
  ['orders.service', password, v => joinLines('[Service]', `Environment="ORDERS_DB_PASSWORD=«${v.strongPassword()}»"`)],
  ['request.xml', password, v => `<wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText">«${v.strongPassword()}»</wsse:Password>\n`],
  ['Ldap.java', password, v => `env.put(Context.SECURITY_CREDENTIALS, "«${v.strongPassword()}»");\n`],
  ['ldap.groovy', password, v => `env.put('java.naming.security.credentials', '«${v.strongPassword()}»')\n`],
  ['kibana.yml', key, v => `xpack.encryptedSavedObjects.encryptionKey: «${v.hex(64)}»\n`],
  ['config.cpp', key, v => `static constexpr std::string_view kClientSecret{"«${v.alphanumeric(40)}»"};\n`],
  ['.pypirc', password, v => joinLines('[contoso]', 'username = ci', `password = «${v.humanPassword()}7»`)],
  ['sonar-project.properties', ['sonarqube-legacy-token'], v => `sonar.login=«${v.hex(40)}»\n`],
  ['api.js', ['authorization-header'], v => `axios.defaults.headers.common['Authorization'] = 'Bearer «${v.letters(30)}7${v.from('bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ', 17)}»';\n`],
  ['roll.sh', password, v => `helm upgrade shop ./chart --set auth.password=«${v.humanPassword()}7» --set replicas=2\n`],
  ['run.yml', password, v => `- run: docker run -d -e POSTGRES_PASSWORD=«${v.humanPassword()}7» -p 5432:5432 postgres:17\n`],
  ['aws.rb', ['aws-secret-access-key'], v => `Aws.config.update(credentials: Aws::Credentials.new('AKIA${v.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}', '«${v.base64(30)}»'))\n`],
  ['rootkey.csv', ['aws-secret-access-key'], v => joinLines('Access key ID,Secret access key', `AKIA${v.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)},«${v.base64(30)}»`)],
  ['Keys.kt', key, v => `    val jwt = Algorithm.HMAC256("«${v.alphanumeric(40)}»")\n`],
  ['token.js', key, v => `const token = jwt.sign({ sub: user.id, roles: ['admin', 'ops'] }, '«${v.alphanumeric(40)}»', { expiresIn: '1h' });\n`],
  ['token.py', key, v => `claims = jwt.decode(token, "«${v.hex(64)}»", algorithms=["HS256"])\n`],
  ['push.cmd', ['nuget-api-key'], v => `dotnet nuget push *.nupkg -k «${nuGetKey(v)}» -s https://api.nuget.org/v3/index.json\r\n`],
  ['nuget.yml', ['nuget-api-key'], v => `env:\n  NUGET_API_KEY: «${nuGetKey(v)}»\n`],
  ['fly.sh', ['fly-io-token'], v => `export FLY_ACCESS_TOKEN=«fo1_${v.alphanumeric(43)}»\n`],
  ['doppler.yaml', ['doppler-token'], v => `token: «dp.said.${v.alphanumeric(43)}»\n`],
  ['pay.env', ['flutterwave-secret-key'], v => `FLW_SECRET_KEY=«FLWSECK-${v.hex(32)}-1${v.lowerAlphanumeric(9)}vt-X»\n`],
  ['snyk.yml', ['snyk-personal-access-token'], v => `env:\n  TOKEN: «snyk_sat.${v.lowerAlphanumeric(8)}.${v.alphanumeric(90)}.${v.alphanumeric(43)}»\n`],
  ['sentry.rc', ['sentry-integration-token'], v => `[auth]\ntoken=«sntrya_${v.hex(64)}»\n`],
  ['gateway.ts', ['vercel-token'], v => `const gateway = createGateway({ apiKey: '«vck_${v.alphanumeric(56)}»' }); // Vercel\n`],
  ['square.rb', ['square-access-token'], v => `client = Square::Client.new(access_token: '«EAAAE${v.alphanumeric(59)}»')\n`],
  [
    'appsettings.json',
    ['gcp-oauth-client-secret'],
    v => JSON.stringify({ Authentication: { Google: { ClientSecret: `«GOCSPX-${v.alphanumeric(28)}»` } }, AzureAd: { TenantId: v.guid() } }, null, 2),
  ],
];

/** An annotated key of NuGet, which lives for a quarter of an hour or a year. */
function nuGetKey(v: Values): string {
  const body = `${v.alphanumeric(52)}JQQJ99BKN5P0003aXCNe${v.pick(['S003', 'Ltok'])}NUGT`;
  return body + caskChecksum(body)!;
}

const entries = (kind: string, texts: readonly Text[]): CorpusEntry[] =>
  texts.map(([path, rules, template], i) => positive(`${kind}/${i}-${path}`, path, rules, template));

export function commandLines(): CorpusEntry[] {
  return entries('command-line', calls);
}

/** Every form that a scan of texts it had not seen before once passed over. */
export function missedOnce(): CorpusEntry[] {
  return entries('missed-once', others);
}
