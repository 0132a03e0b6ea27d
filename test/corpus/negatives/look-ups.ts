import { type CorpusEntry, negative } from '../entry.ts';
import { names, type Names } from '../names.ts';

const settingNames = ['storage key', 'db password', 'azure client secret', 'api key', 'service bus connection string', 'jwt signing secret'];

/** The value is taken from the environment, configuration, a vault, an argument or another variable. */
const lookUps: readonly (readonly [path: string, write: (n: Names) => string])[] = [
  ['a.ts', n => `const ${n.camel} = process.env.${n.env};`],
  ['a.ts', n => `const ${n.camel} = process.env['${n.env}'] ?? '';`],
  ['a.ts', n => `const ${n.camel} = requireEnvironment("${n.env}");`],
  ['a.ts', n => `const { ${n.camel} } = await loadConfiguration();`],
  ['a.ts', n => `const ${n.camel} = (await secretClient.getSecret("${n.kebab}")).value!;`],
  ['a.ts', n => `const options = { ${n.camel}: this.settings.get<string>('${n.dotted}'), retries: 3 };`],
  ['a.ts', n => `const ${n.camel} = import.meta.env.VITE_${n.env};`],
  ['a.ts', n => `readonly ${n.camel} = input.required<string>();`],
  ['a.tsx', n => `<input type="password" name="${n.camel}" value={${n.camel}} onChange={e => set${n.pascal}(e.target.value)} />`],
  ['a.js', n => `const ${n.camel} = config.get('${n.dotted}');`],
  ['a.js', n => `module.exports = { ${n.camel}: readFileSync('/run/secrets/${n.snake}', 'utf8').trim() };`],
  ['a.py', n => `${n.env} = os.environ["${n.env}"]`],
  ['a.py', n => `${n.snake} = os.getenv("${n.env}")`],
  ['a.py', n => `${n.snake} = config("${n.env}", default="")`],
  ['a.py', n => `${n.snake}: str = Field(..., alias="${n.env}")`],
  ['a.py', n => `${n.snake} = keyring.get_password("orders", "${n.snake}")`],
  ['a.py', n => `${n.snake} = getpass.getpass("${n.words}: ")`],
  ['a.py', n => `client = Client(${n.snake}=settings.${n.snake}, timeout=30)`],
  ['a.py', n => `${n.snake} = dbutils.secrets.get(scope="orders", key="${n.kebab}")`],
  ['A.cs', n => `var ${n.camel} = configuration["${n.colon}"];`],
  ['A.cs', n => `var ${n.camel} = Environment.GetEnvironmentVariable("${n.env}") ?? throw new InvalidOperationException("${n.env} is not set");`],
  ['A.cs', n => `var ${n.camel} = builder.Configuration.GetConnectionString("${n.pascal}");`],
  ['A.cs', n => `options.${n.pascal} = section.GetValue<string>("${n.pascal}");`],
  ['A.cs', n => `var ${n.camel} = (await secrets.GetSecretAsync("${n.kebab}")).Value.Value;`],
  ['A.cs', n => `public required string ${n.pascal} { get; init; }`],
  ['A.java', n => `String ${n.camel} = System.getenv("${n.env}");`],
  ['A.java', n => `@Value("\${${n.dotted}}") private String ${n.camel};`],
  ['A.java', n => `builder.${n.camel}(properties.get${n.pascal}());`],
  ['main.go', n => `${n.camel} := os.Getenv("${n.env}")`],
  ['main.go', n => `${n.camel} := viper.GetString("${n.dotted}")`],
  ['main.go', n => `flag.StringVar(&${n.camel}, "${n.kebab}", "", "the ${n.words} to use")`],
  ['a.ps1', n => `$${n.camel} = $env:${n.env}`],
  ['a.ps1', n => `$${n.camel} = Get-AzKeyVaultSecret -VaultName orders -Name '${n.kebab}' -AsPlainText`],
  ['a.ps1', n => `[Parameter(Mandatory)][securestring] $${n.pascal}`],
  ['a.ps1', n => `$${n.camel} = Read-Host "${n.words}" -AsSecureString`],
  ['a.sh', n => `${n.env}="$(az keyvault secret show --vault-name orders --name ${n.kebab} --query value --output tsv)"`],
  ['a.sh', n => `export ${n.env}="\${${n.env}:?is not set}"`],
  ['a.sh', n => `read -rsp "${n.words}: " ${n.env}`],
  ['a.sh', n => `docker run -e ${n.env} --env-file .env orders`],
  ['a.sh', n => `curl -H "x-key: $${n.env}" https://orders.contoso.com/api`],
  ['main.bicep', n => `@secure()\nparam ${n.camel} string`],
  ['main.bicep', n => `var ${n.camel} = storage.listKeys().keys[0].value`],
  ['main.bicep', n => `{ name: '${n.env}', value: '@Microsoft.KeyVault(SecretUri=\${vault.properties.vaultUri}secrets/${n.kebab})' }`],
  ['main.bicepparam', n => `param ${n.camel} = readEnvironmentVariable('${n.env}')`],
  ['main.tf', n => `${n.snake} = var.${n.snake}`],
  ['main.tf', n => `${n.snake} = data.azurerm_key_vault_secret.${n.snake}.value`],
  ['main.tf', n => `${n.snake} = azurerm_storage_account.orders.primary_access_key`],
  ['main.tf', n => `resource "random_password" "${n.snake}" {\n  length  = 32\n  special = true\n}`],
  ['main.tf', n => `variable "${n.snake}" {\n  type      = string\n  sensitive = true\n}`],
  ['.github/workflows/a.yml', n => `        env:\n          ${n.env}: \${{ secrets.${n.env} }}`],
  ['.github/workflows/a.yml', n => `        with:\n          ${n.kebab}: \${{ secrets.${n.env} }}`],
  ['azure-pipelines.yml', n => `      env:\n        ${n.env}: $(${n.camel})`],
  ['compose.yaml', n => `    environment:\n      ${n.env}_FILE: /run/secrets/${n.snake}\n    secrets: [${n.snake}]`],
  ['compose.yaml', n => `      ${n.env}: \${${n.env}:?required}`],
  ['deploy.yaml', n => `        - name: ${n.env}\n          valueFrom:\n            secretKeyRef:\n              name: orders\n              key: ${n.kebab}`],
  ['values.yaml', n => `${n.camel}:\n  existingSecret: orders-${n.kebab}\n  key: ${n.snake}`],
  ['Dockerfile', n => `RUN --mount=type=secret,id=${n.snake} ./install.sh`],
  ['application.yml', n => `    ${n.kebab}: \${${n.env}}`],
  ['web.config', n => `<add key="${n.pascal}" value="%${n.env}%" />`],
  ['pom.xml', n => `<${n.camel}>\${env.${n.env}}</${n.camel}>`],
  ['a.rb', n => `${n.snake} = ENV.fetch("${n.env}")`],
  ['a.php', n => `$${n.camel} = getenv('${n.env}');`],
  ['main.rs', n => `let ${n.snake} = std::env::var("${n.env}")?;`],
  ['A.kt', n => `val ${n.camel}: String by lazy { System.getenv("${n.env}") }`],
];

export function lookUpEntries(): CorpusEntry[] {
  return lookUps.flatMap(([path, write], i) =>
    [0, 1, 2].map(k => {
      const setting = settingNames[(i + k * 2) % settingNames.length] ?? '';
      return negative(`look-up/${i}-${k}`, path, 'taken from elsewhere', () => `${write(names(setting))}\n`);
    }),
  );
}
