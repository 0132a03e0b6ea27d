import type { FollowUp, FollowUpForm } from './fix.ts';

export interface FollowUpOfFile {
  readonly followUp: FollowUp;
  /** The file whose fix left it to do, as people call it. */
  readonly file: string;
}

/** The order in which they are done: the app runs before the old secret dies. */
export const followUpKinds: readonly FollowUp['kind'][] = [
  'installPackage',
  'setEndpoint',
  'setSetting',
  'grantRole',
  'removeSetting',
  'checkOtherUses',
  'rotateSecret',
  'turnKeysOff',
];

/** Steps that many fixes left, each said once, in the order in which they are done. */
export function groupFollowUps(all: readonly FollowUpOfFile[]): FollowUp[] {
  const groups = new Map<string, FollowUpOfFile[]>();
  for (const one of all) {
    const { kind, message, together } = one.followUp;
    const key = `${kind} ${together?.key ?? message}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .flatMap(group => asOne(group))
    .sort((a, b) => followUpKinds.indexOf(a.kind) - followUpKinds.indexOf(b.kind));
}

function asOne(group: readonly FollowUpOfFile[]): FollowUp[] {
  const [first] = group;
  if (first === undefined) return [];
  const { kind } = first.followUp;
  const copyable = commandsOf(group.flatMap(({ followUp }) => followUp.copyable ?? []));
  const forms = new Map(
    group.flatMap(({ followUp }) => followUp.forms ?? []).map(form => [form.title + form.text, form]),
  );
  return [
    {
      kind,
      message: messageOf(group),
      ...(copyable === undefined ? {} : { copyable }),
      ...(forms.size === 0 ? {} : { forms: preferKnown([...forms.values()], ({ title, text }) => title + text) }),
    },
  ];
}

function messageOf(group: readonly FollowUpOfFile[]): string {
  const messages = new Set(group.map(({ followUp }) => followUp.message));
  const [only = ''] = messages;
  const template = group.map(({ followUp }) => followUp.together?.message).find(message => message !== undefined);
  // Where its own message says all, nothing is put in the plural.
  if (template === undefined || (messages.size === 1 && !template.includes('{files}'))) return only;
  const items = new Set(group.flatMap(({ followUp }) => followUp.together?.item?.split(', ') ?? []));
  return template
    .replace('{files}', () => list(new Set(group.map(({ file }) => file))))
    .replace('{}', () => [...items].join(', '));
}

function list(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 4);
  const more = names.size - shown.length;
  const last = more > 0 ? `${more} more files` : shown.pop();
  return shown.length === 0 ? String(last) : `${shown.join(', ')} and ${last}`;
}

function commandsOf(commands: readonly string[]): string | undefined {
  const lines = new Set(commands.flatMap(command => command.split('\n')));
  return lines.size === 0 ? undefined : preferKnown([...lines], line => line).join('\n');
}

/** A command for any resource says nothing more beside the same for one that is known. */
function preferKnown<T extends string | FollowUpForm>(all: readonly T[], textOf: (one: T) => string): T[] {
  return all.filter(one => {
    const pattern = textOf(one);
    if (!pattern.includes('<')) return true;
    const parts = pattern.split(/<[\w -]+>/u);
    return !all.some(
      other => other !== one && isCaseOf(textOf(other), parts) && placeholders(textOf(other)) < parts.length - 1,
    );
  });
}

function placeholders(text: string): number {
  return text.split(/<[\w -]+>/u).length - 1;
}

function isCaseOf(text: string, parts: readonly string[]): boolean {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at === text.length || parts.at(-1) === '';
}
