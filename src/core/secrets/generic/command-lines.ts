import type { CredentialFormat, CredentialPattern } from '../../services/service.ts';
import { ofTheBench } from '../database-passwords.ts';
import { judge, judged } from './named.ts';

const ldapPrograms = ['search', 'modify', 'add', 'delete', 'whoami', 'passwd'].map(action => `ldap${action}`);

/**
 * Programs that take a password behind a letter, which no name gives away, the option as an expression, and words that
 * the program begins with one of.
 */
const programs: readonly (readonly [program: string, option: string, begins: readonly string[]])[] = [
  [
    '(?:invoke-)?sqlcmd|bcp|osql|isql',
    '-P',
    ['invoke-sqlcmd', 'sqlcmd', 'bcp ', 'bcp"', "bcp'", 'bcp.exe', 'osql', 'isql'],
  ],
  ['(?:mysql(?:dump|admin|import|check|show)?|mariadb(?:-dump|-admin)?)', '-p(?=\\S)', ['mysql', 'mariadb']],
  [
    'mongo(?:sh|dump|restore|import|export)?|sshpass|psexec(?:64)?|rdesktop',
    '-p',
    ['mongo', 'sshpass', 'psexec', 'rdesktop'],
  ],
  [
    '(?:docker|podman|helm(?: registry)?|oras|nerdctl|buildah|skopeo|argocd) login|az\\x20acr login|(?:az|cf|oc)\\x20login',
    '(?:-p|--password)',
    [
      ...['docker ', 'podman ', 'helm ', 'oras ', 'nerdctl ', 'buildah ', 'skopeo ', 'argocd '],
      ...['az acr', 'az login', 'cf login', 'oc login'],
    ],
  ],
  ['curl', '(?:-u|-U|--user|--proxy-user)(?=[ =]{0,2}["\']?[\\w.@\\\\-]{1,80}:)', ['curl']],
  ['wget', '--(?:http-|ftp-|proxy-)?password', ['wget']],
  [
    'az\\x20(?:sql|mysql|postgres|mariadb|synapse)',
    '-p',
    ['az sql', 'az mysql', 'az postgres', 'az mariadb', 'az synapse'],
  ],
  ['signtool|certutil', '[-/]p', ['signtool', 'certutil']],
  ['net\\x20use', '/user:[^\\s"\']{1,80}', ['net use']],
  ['redis-cli', '-a', ['redis-cli']],
  [ldapPrograms.join('|'), '-w', ldapPrograms],
  ['openssl', '-pass(?:in|out)?', ['openssl']],
  ['winrs|xfreerdp', '[-/]p:', ['winrs', 'xfreerdp']],
  ['schtasks|cmdkey', '/(?:rp|pass):?', ['schtasks', 'cmdkey']],
];

const quotes = '["\'\\uE022\\uE027]';

/** Its arguments are on one line, or an array of literals; `\` goes on with the next line. */
function commandLine([program, option, begins]: (typeof programs)[number]): CredentialPattern {
  const regex = new RegExp(
    `(?<![\\w./-])(?<program>${program.replaceAll(' ', ' {1,4}')})(?:\\.exe)?(?=[\\s"'\\uE022\\uE027])(?:[^\\r\\n|;&<>]|\\\\\\r?\\n){0,300}?[\\s"'\\uE022\\uE027]${option}(?:${quotes}?,\\s{0,8}${quotes}|[ \\t=]{0,4}${quotes}?)(?:pass:["\'\\uE022\\uE027]?|[\\w.@\\\\-]{1,80}:(?=\\S))?(?<secret>[^\\s"'\`<>|;&\\uE022\\uE027]{4,128})`,
    'dgu',
  );
  return judged(
    regex,
    match => {
      const { secret } = match;
      if (ofTheBench.test(secret)) return { silent: 'local-habit' };
      // The next option, a file, or what the program asks for.
      if (/^[-/]|:$/u.test(secret) || /^(?:file|env|fd|stdin|prompt):?/u.test(secret))
        return { silent: 'not-the-value' };
      if (/^(?:[a-z]+|[A-Z]+)$/u.test(secret)) return { silent: 'one-word' };
      const judgement = judge(match, 'password', '');
      if ('silent' in judgement) return judgement;
      return {
        grade: { ...judgement.grade, args: { program: match.groups['program']?.replaceAll(/\s+/gu, ' ') } },
      };
    },
    { begins },
  );
}

/** `echo … | docker login --password-stdin`. */
const piped: CredentialPattern = judged(
  /\becho {1,4}(?:-n\s{1,4})?["'\uE022\uE027]?(?<secret>[^\s"'`<>|;&$\uE022\uE027]{8,512})["'\uE022\uE027]?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?(?<program>docker|podman|oras|helm(?: registry)?|az acr|gh auth) login\b/dgu,
  match => {
    const judgement = judge(match, 'key', '');
    return 'silent' in judgement
      ? judgement
      : { grade: { ...judgement.grade, args: { program: `${match.groups['program'] ?? ''} login` } } };
  },
  { begins: ['echo '] },
);

/** Of the settings and the command line of Redis. */
const redisDirective: CredentialPattern = judged(
  /(?<=(?:^|[\s"'\uE022\uE027])(?:--)?)(?:requirepass|masterauth)["'\uE022\uE027]?(?:,\s{0,4}|[ \t]{1,8})["'\uE022\uE027]?(?<secret>[^\s"'`<>,\uE022\uE027]{6,512})/dgmu,
  match => {
    if (ofTheBench.test(match.secret) || /^[a-z]+$/u.test(match.secret)) return { silent: 'one-word' };
    const judgement = judge(match, 'password', '');
    return 'silent' in judgement ? judgement : { grade: { ...judgement.grade, args: { program: 'Redis' } } };
  },
  { begins: ['requirepass', 'masterauth'] },
);

/** `EXEC sp_addlogin 'app', '…'` */
const storedProcedure: CredentialPattern = judged(
  /\bsp_addlogin\s{1,8}(?:@loginame\s{0,4}=\s{0,4})?N?'[^'\r\n]{1,128}'\s{0,4},\s{0,4}(?:@passwd\s{0,4}=\s{0,4})?N?'(?<secret>[^'\r\n]{3,128})'/dgiu,
  match => {
    const judgement = judge(match, 'password', '');
    return 'silent' in judgement ? judgement : { grade: { ...judgement.grade, args: { program: 'sp_addlogin' } } };
  },
  { begins: ['sp_addlogin'] },
);

/** What whoever lists the processes of the machine sees, too. */
export const commandLinePassword: CredentialFormat = {
  id: 'command-line-password',
  title: 'Password on a command line',
  message: 'A password is embedded here in a call[ of {program}][ ({note})].',
  leak: 'Whoever reads this file, or any earlier version of it, can sign in with it; while the program runs, so can whoever lists the processes.',
  remedy:
    'Sign in with a managed identity where the other side takes Microsoft Entra tokens; otherwise read the password from Key Vault into a variable and change it.',
  severity: 'warning',
  givesWay: true,
  keywords: [
    ...new Set(programs.flatMap(([, , begins]) => begins)),
    ...['gh auth', 'requirepass', 'masterauth', 'sp_addlogin'],
  ],
  patterns: [...programs.map(commandLine), piped, redisDirective, storedProcedure],
  examples: {
    found: [
      { languageId: 'shellscript', text: s => `sqlcmd -S contoso -U ops -P '«${s.password()}»' -i schema.sql` },
      { languageId: 'bat', text: s => `bcp orders out o.dat -S contoso -U ops -P «${s.password()}» -c` },
      { languageId: 'shellscript', text: s => `mysqldump -h db.contoso.com -u app -p«${s.password()}» orders > o.sql` },
      { languageId: 'yaml', text: s => `- run: curl -fsS -u "ops:«${s.password()}»" https://nexus.contoso.com/status` },
      { languageId: 'powershell', text: s => `net use Z: \\\\files\\share /user:CONTOSO\\svc «${s.password()}»` },
      {
        languageId: 'shellscript',
        text: s => `openssl pkcs12 -export -in c.pem -out c.pfx -passout pass:«${s.password()}»`,
      },
      { languageId: 'python', text: s => `subprocess.run(["sshpass", "-p", "«${s.password()}»", "ssh", host])` },
    ],
    silent: [
      { languageId: 'shellscript', text: () => 'sqlcmd -S contoso -U ops -P "$DB_PASSWORD" -i a.sql', why: 'variable' },
      { languageId: 'shellscript', text: () => 'mysql -u root -proot -e "SELECT 1"', why: 'what everybody types' },
      { languageId: 'shellscript', text: () => 'docker login -u ops -p $(cat /run/secrets/registry1)', why: 'command' },
      { languageId: 'shellscript', text: () => 'curl -u "$USER1:$TOKEN2" https://contoso.com', why: 'variables' },
      { languageId: 'shellscript', text: () => 'openssl rsa -in a.pem -passin env:KEY_PASSWORD1', why: 'environment' },
      { languageId: 'shellscript', text: () => 'docker run -p 8080:80 contoso/login -p 9090:90', why: 'ports' },
    ],
  },
};
