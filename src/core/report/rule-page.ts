import type { Rule } from '../engine/finding.ts';

/** The explanation of a rule as Markdown: rule page, `keyless explain` and SARIF help read the same text. */
export function rulePage(rule: Rule): string {
  return [
    `# ${rule.title}`,
    '',
    `\`${rule.id}\` · ${rule.severity}`,
    '',
    '## Why it matters',
    '',
    rule.leak,
    '',
    '## What to do',
    '',
    rule.remedy,
    '',
    `[Microsoft's documentation of the keyless way](${rule.documentation})`,
    '',
    '## When the value is meant to stay',
    '',
    `Put a comment \`keyless-ignore ${rule.id} -- reason\` on the line above or at the end of the line. ` +
      'The reason is for whoever reads the code next.',
    '',
  ].join('\n');
}
