import { describe, expect, it } from 'vitest';
import { scan } from '../../../src/core/engine/scan.ts';

const storage = ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu', 'Fq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='].join(
  '',
);
const cosmos = ['C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVT', 'qobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw=='].join(
  '',
);

function findings(uri: string, text: string): string[] {
  return scan({ uri, languageId: 'json', text }).map(({ ruleId, severity }) => `${ruleId} ${severity}`);
}

describe('documented keys of emulators', () => {
  const texts = [
    `{"Storage":"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${storage};BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1"}`,
    `{"Cosmos":"AccountEndpoint=https://localhost:8081/;AccountKey=${cosmos}"}`,
    '{"Storage":"UseDevelopmentStorage=true"}',
    '{"Bus":"Endpoint=sb://localhost;SharedAccessKeyName=k;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;"}',
  ];
  it.each(texts)('are silent where people develop and a warning in settings of production: %s', text => {
    for (const uri of [
      'file:///app/appsettings.Development.json',
      'local.settings.json',
      'src/settings.json',
      'docker-compose.dev.yml',
      '.env.development',
      'infra/dev.tfvars',
      'infra/main.test.bicep',
    ])
      expect(findings(uri, text)).toEqual([]);
    for (const uri of [
      'file:///app/appsettings.Production.json',
      'config.prod.json',
      'infra/prod.tfvars',
      'docker-compose.prod.yml',
      '.env.production',
      'config/production.json',
      'charts/values-prod.yaml',
      'infra/main.tf',
      '.github/workflows/deploy-web.yml',
    ])
      expect(findings(uri, text)).toEqual(['emulator-in-production warning']);
  });
});
