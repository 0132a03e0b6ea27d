import type { FollowUp } from '../rewrite/fix.ts';
import { followUpKinds } from '../rewrite/group-follow-ups.ts';

/** What is still to do after fixes. */
export interface LeftToDo {
  readonly followUps?: readonly FollowUp[];
  /** Groups of changes that somebody left out. */
  readonly leftOut?: readonly { readonly title: string; readonly reason: string | undefined }[];
  readonly unfixed?: readonly { readonly place: string; readonly ruleId: string; readonly reason: string }[];
}

const headings: Readonly<Record<FollowUp['kind'], string>> = {
  installPackage: 'Install packages',
  setEndpoint: 'Set what the code reads now',
  setSetting: 'Set what the code reads now',
  grantRole: 'Grant roles',
  removeSetting: 'Remove settings',
  checkOtherUses: 'Check',
  rotateSecret: 'Rotate secrets',
  turnKeysOff: 'Turn keys off',
};

/** Markdown: the steps in the order in which they are done, then what was left alone and why. */
export function nextStepsPage(what: string, { followUps = [], leftOut = [], unfixed = [] }: LeftToDo): string {
  const titles = [...new Set(followUpKinds.map(kind => headings[kind]))];
  const sections = titles.flatMap(title => {
    const steps = followUps.filter(({ kind }) => headings[kind] === title);
    if (steps.length === 0) return [];
    const words = steps.some(({ copyable = '' }) => copyable.includes('<principal-id>')) ? [principal] : [];
    return [`## ${title}`, ...words, steps.map((step, index) => stepText(step, index + 1)).join('\n\n')];
  });
  return [
    '# Next steps',
    what,
    ...(followUps.some(({ copyable }) => copyable !== undefined)
      ? ['_Keyless: Copy a Next Step…_ in the command palette puts any of these into the clipboard.']
      : []),
    ...sections,
    ...(leftOut.length === 0
      ? []
      : [
          '## Left out',
          'Fix all in the workspace again and tick them, or fix the finding by its lightbulb.',
          leftOut.map(({ title, reason }) => `- ${title}${reason === undefined ? '' : `. ${reason}.`}`).join('\n'),
        ]),
    ...(unfixed.length === 0
      ? []
      : ['## Not fixed', unfixed.map(({ place, ruleId, reason }) => `- \`${place}\` ${ruleId}: ${reason}`).join('\n')]),
    '',
  ].join('\n\n');
}

const principal = `\`<principal-id>\` is the object id of the app's identity:

\`\`\`sh
az webapp identity show --resource-group <resource-group> --name <app> --query principalId --output tsv
\`\`\``;

function stepText({ message, copyable, forms = [] }: FollowUp, number: number): string {
  const blocks = [
    ...(copyable === undefined ? [] : [fenced('sh', copyable)]),
    ...forms.map(form => `   ${form.title}:\n\n${fenced(form.languageId, form.text)}`),
  ];
  return [`${number}. ${message}`, ...blocks].join('\n\n');
}

/** Indented as what belongs to an item of a numbered list. */
function fenced(language: string, text: string): string {
  return `   \`\`\`${language}\n   ${text.replaceAll('\n', '\n   ')}\n   \`\`\``;
}
