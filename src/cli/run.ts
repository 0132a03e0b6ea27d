import { homedir } from 'node:os';
import { version } from '../../package.json';
import { EXIT, isUsageError, type CommandIo } from './io.ts';

const USAGE = `keyless: find embedded Azure secrets, rewrite them to managed identity, see what identities may touch.

  keyless scan [paths] [--format text|json|sarif] [--output FILE] [--include-ignored]
               [--baseline FILE] [--update-baseline] [--staged | --history [--since REV]]
  keyless fix [paths] [--rule ID] [--write] [--format text|json]
  keyless audit [--app RESOURCE_ID]... [--details] [--microsoft-graph] [--endpoint URL] [--demo [--demo-apps N]]
                [--format text|json|markdown] [--output FILE]
  keyless audit --subscription ID... | --management-group ID... | --all   every app, as it is read
  keyless rules [--format text|json]
  keyless explain RULE
  keyless explain --at FILE:LINE[:COLUMN]... [--baseline FILE]
  keyless --version

Exit codes: 0 clean, 1 findings (scan), findings left (fix) or problems (audit), 2 usage or I/O error.
`;

type Command = (args: string[], io: CommandIo) => Promise<number>;

/** Commands are loaded when they run: bundles of their own. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  scan: async () => (await import('./scan.ts')).scanCommand,
  fix: async () => (await import('./late.ts')).fixCommand,
  audit: async () => (await import('./late.ts')).audit,
  rules: async () => (await import('./late.ts')).listRules,
  explain: async () => (await import('./late.ts')).explain,
};

/** Runs one command line; resolves to the exit code and never rejects. */
export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${version}\n`);
    return EXIT.clean;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(USAGE);
    return EXIT.clean;
  }
  const load = name === undefined ? undefined : COMMANDS[name];
  if (!load) {
    io.stderr.write(name === undefined ? USAGE : `keyless: there is no command "${name}"\n\n${USAGE}`);
    return EXIT.error;
  }
  try {
    const command = await load();
    if (args.includes('--help') || args.includes('-h')) {
      io.stdout.write(USAGE);
      return EXIT.clean;
    }
    return await command(args, io);
  } catch (error) {
    if (isUsageError(error) || isParseArgsError(error)) {
      io.stderr.write(`keyless ${String(name)}: ${error.message}\n`);
      return EXIT.error;
    }
    if (io.signal.aborted) {
      io.stderr.write('keyless: cancelled\n');
      return EXIT.error;
    }
    // The name and place alone: a message could quote the text that was being read.
    const place = error instanceof Error ? (error.stack ?? '').split('\n').find(line => /^\s+at /.test(line)) : '';
    io.stderr.write(
      `keyless ${String(name)}: internal error (${error instanceof Error ? error.name : typeof error})\n`,
    );
    io.stderr.write(`${(place ?? '').replaceAll(homedir(), '~')}\nPlease report it with the command that you ran.\n`);
    return EXIT.error;
  }
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
