import { expect, test } from 'vitest';
import { isRefusal, type WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { clientRewrites } from '../../../src/core/rewrite/client-rewrites.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';

const key = createStandIns(3).storageAccountKey();
const cs = `AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;

const code: Readonly<Record<string, string>> = {
  typescript: `import { BlobServiceClient } from '@azure/storage-blob';\nconst s = BlobServiceClient.fromConnectionString('${cs}');\n`,
  python: `from azure.storage.blob import BlobServiceClient\ns = BlobServiceClient.from_connection_string("${cs}")\n`,
  csharp: `using Azure.Storage.Blobs;\nvar s = new BlobServiceClient("${cs}");\n`,
  go: `package p\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\nfunc f() (*azblob.Client, error) {\n\treturn azblob.NewClientFromConnectionString("${cs}", nil)\n}\n`,
  java: `import com.azure.storage.blob.*;\nvar s = new BlobServiceClientBuilder().connectionString("${cs}").buildClient();\n`,
};

async function manifestAfter(languageId: string, name: string, manifest: string) {
  const asked: string[] = [];
  const workspace: WorkspaceView = {
    findUp: async (from, names) => {
      asked.push(from);
      return names.some(pattern => pattern.test(name))
        ? { uri: `app/${name}`, languageId: 'x', text: manifest }
        : undefined;
    },
  };
  const text = code[languageId] ?? '';
  const start = text.indexOf(key);
  const document = { uri: `app/main.${languageId}`, languageId, text };
  const [offer] = await clientRewrites(document, { span: { start, end: start + key.length } }, services, {
    languages,
    workspace,
  });
  const fix = await offer!.build();
  if (isRefusal(fix)) throw new Error(fix.refusal);
  expect(asked).toEqual([document.uri]);
  const file = fix.files.find(({ uri }) => uri === `app/${name}`);
  return {
    text: file === undefined ? undefined : applyEdits(manifest, file.edits),
    install: fix.followUps.find(({ kind }) => kind === 'installPackage'),
    kinds: fix.followUps.map(({ kind }) => kind),
  };
}

test.each([
  [
    'sorted into the dependencies',
    'typescript',
    'package.json',
    '{\n\t"name": "a",\n\t"dependencies": {\n\t\t"@azure/storage-blob": "^12.0.0"\n\t}\n}\n',
    '{\n\t"name": "a",\n\t"dependencies": {\n\t\t"@azure/identity": "^4.13.0",\n\t\t"@azure/storage-blob": "^12.0.0"\n\t}\n}\n',
  ],
  [
    'with Windows line ends',
    'typescript',
    'package.json',
    '{\r\n  "dependencies": {\r\n    "@azure/core-auth": "1.0.0"\r\n  }\r\n}\r\n',
    '{\r\n  "dependencies": {\r\n    "@azure/core-auth": "1.0.0",\r\n    "@azure/identity": "^4.13.0"\r\n  }\r\n}\r\n',
  ],
  [
    'without any dependency',
    'typescript',
    'package.json',
    '{\n  "name": "a"\n}\n',
    '{\n  "name": "a",\n  "dependencies": {\n    "@azure/identity": "^4.13.0"\n  }\n}\n',
  ],
  [
    'at the end of requirements without a last line end',
    'python',
    'requirements.txt',
    'azure-storage-blob==12.19.0',
    'azure-storage-blob==12.19.0\nazure-identity>=1.25.0\n',
  ],
  [
    'into a project table',
    'python',
    'pyproject.toml',
    '[project]\nname = "a"\ndependencies = [\n    "azure-storage-blob>=12",\n]\n\n[tool.x]\ndependencies = []\n',
    '[project]\nname = "a"\ndependencies = [\n    "azure-identity>=1.25.0",\n    "azure-storage-blob>=12",\n]\n\n[tool.x]\ndependencies = []\n',
  ],
  [
    'into an empty inline list',
    'python',
    'pyproject.toml',
    '[project]\ndependencies = []\n',
    '[project]\ndependencies = ["azure-identity>=1.25.0"]\n',
  ],
  [
    'into a Poetry table',
    'python',
    'pyproject.toml',
    '[tool.poetry.dependencies]\npython = "^3.12"\n',
    '[tool.poetry.dependencies]\nazure-identity = "^1.25.0"\npython = "^3.12"\n',
  ],
  [
    'above the first package reference',
    'csharp',
    'App.csproj',
    '<Project Sdk="Microsoft.NET.Sdk">\r\n  <ItemGroup>\r\n    <PackageReference Include="Azure.Storage.Blobs" Version="12.19.0" />\r\n  </ItemGroup>\r\n</Project>\r\n',
    '<Project Sdk="Microsoft.NET.Sdk">\r\n  <ItemGroup>\r\n    <PackageReference Include="Azure.Identity" Version="1.17.0" />\r\n    <PackageReference Include="Azure.Storage.Blobs" Version="12.19.0" />\r\n  </ItemGroup>\r\n</Project>\r\n',
  ],
  [
    'beside a Maven dependency',
    'java',
    'pom.xml',
    `<project>\n  <dependencies>\n    <dependency>\n      <groupId>com.azure</groupId>\n      <artifactId>azure-storage-blob</artifactId>\n      <version>12.30.0</version>\n    </dependency>\n  </dependencies>\n</project>\n`,
    `<project>\n  <dependencies>\n    <dependency>\n      <groupId>com.azure</groupId>\n      <artifactId>azure-identity</artifactId>\n      <version>1.18.0</version>\n    </dependency>\n    <dependency>\n      <groupId>com.azure</groupId>\n      <artifactId>azure-storage-blob</artifactId>\n      <version>12.30.0</version>\n    </dependency>\n  </dependencies>\n</project>\n`,
  ],
  [
    'without a version under a bill of materials',
    'java',
    'pom.xml',
    `<project>\n<dependencyManagement>\n<dependencies>\n  <dependency>\n    <groupId>com.azure</groupId>\n    <artifactId>azure-sdk-bom</artifactId>\n    <version>1.3.0</version>\n  </dependency>\n</dependencies>\n</dependencyManagement>\n  <dependencies>\n    <dependency>\n      <groupId>com.azure</groupId>\n      <artifactId>azure-storage-blob</artifactId>\n    </dependency>\n  </dependencies>\n</project>\n`,
    `<project>\n<dependencyManagement>\n<dependencies>\n  <dependency>\n    <groupId>com.azure</groupId>\n    <artifactId>azure-sdk-bom</artifactId>\n    <version>1.3.0</version>\n  </dependency>\n</dependencies>\n</dependencyManagement>\n  <dependencies>\n    <dependency>\n      <groupId>com.azure</groupId>\n      <artifactId>azure-identity</artifactId>\n    </dependency>\n    <dependency>\n      <groupId>com.azure</groupId>\n      <artifactId>azure-storage-blob</artifactId>\n    </dependency>\n  </dependencies>\n</project>\n`,
  ],
  [
    'to a Gradle build under a bill of materials',
    'java',
    'build.gradle',
    `dependencies {\n    implementation platform('com.azure:azure-sdk-bom:1.3.0')\n    implementation 'com.azure:azure-storage-blob'\n}\n`,
    `dependencies {\n    implementation platform('com.azure:azure-sdk-bom:1.3.0')\n    implementation 'com.azure:azure-identity'\n    implementation 'com.azure:azure-storage-blob'\n}\n`,
  ],
  [
    'to a Gradle build in Kotlin',
    'java',
    'build.gradle.kts',
    `dependencies {\r\n\timplementation("com.azure:azure-storage-blob:12.30.0")\r\n}\r\n`,
    `dependencies {\r\n\timplementation("com.azure:azure-identity:1.18.0")\r\n\timplementation("com.azure:azure-storage-blob:12.30.0")\r\n}\r\n`,
  ],
])('the identity package is added %s', async (_title, languageId, name, before, after) => {
  const result = await manifestAfter(languageId, name, before);
  expect(result.text).toBe(after);
  expect(result.install?.message).toContain('was added to the dependencies');
});

test.each([
  ['typescript', 'package.json', '{ "dependencies": { "@azure/identity": "^4.0.0" } }'],
  ['python', 'requirements.txt', 'Azure_Identity==1.15.0\n'],
  ['python', 'pyproject.toml', '[project]\ndependencies = ["azure-identity"]\n'],
  ['csharp', 'App.csproj', '<PackageReference Include="Azure.Identity" Version="1.10.0" />'],
  ['go', 'go.mod', 'module a\nrequire (\n\tgithub.com/Azure/azure-sdk-for-go/sdk/azidentity v1.11.0\n)\n'],
  ['java', 'pom.xml', '<dependency><artifactId>azure-identity</artifactId></dependency>'],
  ['java', 'build.gradle', "  implementation 'com.azure:azure-identity:1.10.0'\n"],
])('a package that is there stays as it is (%s %s)', async (languageId, name, manifest) => {
  const result = await manifestAfter(languageId, name, manifest);
  expect(result.text).toBeUndefined();
  expect(result.install).toBeUndefined();
});

test.each([
  ['typescript', 'package.json', 'not json'],
  ['python', 'pyproject.toml', '[build-system]\nrequires = []\n'],
  ['csharp', 'App.csproj', '<PackageReference Include="Azure.Storage.Blobs" />'],
  ['java', 'pom.xml', '<project>\n<!-- <dependency>\n<groupId>com.azure</groupId>\n</dependency> -->\n</project>'],
  [
    'java',
    'pom.xml',
    `<project><dependencyManagement>\n<dependencies>\n  <dependency>\n    <groupId>com.azure</groupId>\n    <artifactId>azure-sdk-bom</artifactId>\n    <version>1.3.0</version>\n  </dependency>\n</dependencies>\n</dependencyManagement>\n</project>`,
  ],
  ['go', 'go.mod', 'module a\nrequire github.com/Azure/azure-sdk-for-go/sdk/storage/azblob v1.6.0\n'],
  ['java', 'build.gradle.kts', 'dependencies { implementation(libs.azure.storage.blob) }\n'],
])(
  'a manifest without a safe place is left alone, and the package is named (%s %s)',
  async (languageId, name, manifest) => {
    const result = await manifestAfter(languageId, name, manifest);
    expect(result.text).toBeUndefined();
    expect(result.install?.message).toMatch(/^Add the package/u);
  },
);

test('a fix says what is left: role, rotation, keys off', async () => {
  const { kinds } = await manifestAfter('typescript', 'nothing', '');
  expect(kinds).toEqual(['installPackage', 'setSetting', 'grantRole', 'rotateSecret', 'turnKeysOff']);
});
