import { ruleById } from './rules.ts';
import { scan } from './scan.ts';

/**
 * What kind of secret the value of a setting looks like, as the title of its rule; `undefined` when it looks like none
 * or like an example. The value goes nowhere.
 */
export function secretKindOf(name: string, value: string): string | undefined {
  // Line breaks and quotes would end the value of a settings line early.
  const text = `${name}=${value.replace(/[\r\n]+/g, ' ')}\n`;
  const [finding] = scan({ uri: 'app-settings.env', languageId: 'dotenv', text }).filter(
    ({ ruleId, severity }) => severity !== 'information' && ruleById(ruleId)?.kind === 'secret',
  );
  return finding && ruleById(finding.ruleId)?.title;
}
