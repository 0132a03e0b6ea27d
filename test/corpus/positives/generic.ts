import { type CorpusEntry, positive, type Template } from '../entry.ts';
import { joinLines } from '../names.ts';
import { spread, type SecretForm } from '../spread.ts';

const password = ['generic-password'];
const key = ['generic-api-key'];

/** Settings whose name says that the value is a password or a key of something that no other rule knows. */
const forms: readonly SecretForm[] = [
  { id: 'password-db', rules: password, name: 'db password', value: v => `«${v.strongPassword()}»` },
  { id: 'password-admin', rules: password, name: 'admin password', value: v => `«${v.strongPassword()}»` },
  { id: 'password-smtp', rules: password, name: 'smtp password', value: v => `«${v.standIns.password()}»` },
  { id: 'password-human', rules: password, name: 'sap password', not: ['text', 'log', 'log-json', 'sql-comment', 'markdown-inline', 'markdown-table', 'notebook-output'], value: v => `«${v.humanPassword()}»` },
  { id: 'password-keystore', rules: password, name: 'keystore passphrase', value: v => `«${v.strongPassword()}»` },
  { id: 'password-short-name', rules: password, name: 'ldap pwd', value: v => `«${v.standIns.password()}»` },
  { id: 'key-hex', rules: key, name: 'weather api key', value: v => `«${v.hex(32)}»` },
  { id: 'key-alphanumeric', rules: key, name: 'payment access key', value: v => `«${v.alphanumeric(40)}»` },
  { id: 'key-signing', rules: key, name: 'jwt signing key', value: v => `«${v.base64(48)}»` },
  { id: 'key-webhook', rules: key, name: 'webhook secret', value: v => `«${v.alphanumeric(32)}»` },
  { id: 'key-session', rules: key, name: 'session secret', value: v => `«${v.base64Url(33)}»` },
  { id: 'key-token', rules: key, name: 'erp access token', value: v => `«${v.alphanumeric(44)}»` },
  { id: 'key-encryption', rules: key, name: 'encryption key', value: v => `«${v.hex(64)}»` },
];

const texts: readonly (readonly [path: string, rules: readonly string[], template: Template])[] = [
  ['vm.ps1', password, v => `$secure = ConvertTo-SecureString "«${v.strongPassword()}»" -AsPlainText -Force\n`],
  ['vm.ps1', password, v => `$secure = ConvertTo-SecureString -String '«${v.humanPassword()}»' -AsPlainText -Force\n`],
  ['Cert.cs', password, v => `var certificate = new X509Certificate2("app.pfx", "«${v.strongPassword()}»");\n`],
  ['SignIn.cs', password, v => `client.Credentials = new NetworkCredential("svc-orders", "«${v.strongPassword()}»", "CORP");\n`],
  ['sign-in.ts', ['entra-user-password'], v => `const credential = new UsernamePasswordCredential(tenantId, clientId, "svc@contoso.com", "«${v.strongPassword()}»");\n`],
  ['mail.py', password, v => joinLines('import smtplib', `smtp_password = "«${v.strongPassword()}»"`, 'server.login(user, smtp_password)')],
  ['mail.ts', password, v => `nodemailer.createTransport({ host: 'smtp.contoso.com', auth: { user: 'orders', pass: '«${v.strongPassword()}»' } });\n`],
  ['User.java', password, v => `        dataSource.setPassword("«${v.strongPassword()}»");\n`],
  ['vm.bicep', [...password, 'virtual-machine-password'], v => joinLines("  osProfile: {", "    adminUsername: 'azureuser'", `    adminPassword: '«${v.strongPassword()}»'`, '  }')],
  ['vm.tf', [...password, 'virtual-machine-password'], v => joinLines('  admin_username = "azureuser"', `  admin_password = "«${v.strongPassword()}»"`)],
  ['web.config', password, v => `<network host="smtp.contoso.com" userName="orders" password="«${v.strongPassword()}»" />\n`],
  ['web.config', password, v => `<identity impersonate="true" userName="CORP\\svc" password="«${v.strongPassword()}»" />\n`],
  ['context.xml', password, v => `<Resource name="jdbc/orders" username="orders" password="«${v.strongPassword()}»" driverClassName="oracle.jdbc.OracleDriver"/>\n`],
  ['settings.xml', password, v => joinLines('<server>', '  <id>nexus</id>', '  <username>deploy</username>', `  <password>«${v.strongPassword()}»</password>`, '</server>')],
  ['ansible.yml', password, v => joinLines('- hosts: db', '  vars:', '    ansible_user: deploy', `    ansible_password: «${v.strongPassword()}»`)],
  ['oracle.cs', [...password, 'azure-sql-password'], v => `var cs = "Data Source=ORCL;User Id=scott;Password=«${v.strongPassword()}»;Pooling=true";\n`],
  ['git.sh', password, v => `git clone https://deploy:«${v.strongPassword().replaceAll(/[*~!]/gu, '-')}»@git.contoso.com/orders.git\n`],
  ['proxy.env', password, v => `HTTPS_PROXY=http://orders:«${v.strongPassword().replaceAll(/[*~!]/gu, '-')}»@proxy.contoso.com:8080\n`],
  ['queue.yml', ['amqp-password'], v => `amqp: amqps://orders:«${v.strongPassword().replaceAll(/[*~!]/gu, '-')}»@rabbit.contoso.com:5671/prod\n`],
  ['call.http', [...key, 'authorization-header'], v => joinLines('GET https://erp.contoso.com/api', `Authorization: Bearer «${v.alphanumeric(48)}»`)],
  ['call.ts', [...key, 'authorization-header'], v => `headers: { Authorization: "Bearer «${v.base64Url(40)}»" }\n`],
  ['Service.cs', key, v => `var client = new TextAnalyticsClient(endpoint, new AzureKeyCredential("«${v.hex(32)}»"));\n`],
  ['service.py', key, v => `client = DocumentIntelligenceClient(endpoint, AzureKeyCredential("«${v.alphanumeric(32)}»"))\n`],
  ['app.js', key, v => `app.use(session({ secret: '«${v.alphanumeric(36)}»', resave: false }));\n`],
  ['token.js', key, v => `const jwtSecret = "«${v.base64(32)}»";\njwt.sign(payload, jwtSecret);\n`],
  ['settings.py', key, v => `SECRET_KEY = "«${v.alphanumeric(50)}»"\n`],
  ['appsettings.json', key, v => JSON.stringify({ Jwt: { Issuer: 'https://orders.contoso.com', SigningKey: `«${v.base64(48)}»` } }, null, 2)],
  ['App.config', key, v => `<add key="ErpApiKey" value="«${v.alphanumeric(36)}»" />\n`],
];

export function genericSecrets(): CorpusEntry[] {
  return [...spread(forms, 7), ...texts.map(([path, rules, template], i) => positive(`generic/${rules[0] ?? ''}/${i}-${path}`, path, rules, template))];
}
