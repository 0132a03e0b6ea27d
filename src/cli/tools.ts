import { join } from 'node:path';
import { createLanguages } from '../core/languages/languages.ts';
import type { RewriteTools } from '../core/rewrite/client-rewrites.ts';
import { grammarsIn } from '../platform/grammars.ts';
import type { Disk } from './disk.ts';
import type { CommandIo } from './io.ts';
import { workspaceView } from './workspace-view.ts';

/** What fixes need, with the grammars that lie beside the bundle; they are read when a file first needs one. */
export function rewriteTools(files: Disk, io: CommandIo): RewriteTools {
  const workspace = workspaceView(files, io);
  return { languages: createLanguages(grammarsIn(join(__dirname, 'grammars'))), workspace };
}

/** The same tools, which remember the last text that they gave out of each file. */
export function recordingTools(tools: RewriteTools): {
  readonly tools: RewriteTools;
  readonly textOf: (uri: string) => string | undefined;
} {
  const texts = new Map<string, string>();
  const { workspace } = tools;
  if (workspace === undefined) return { tools, textOf: () => undefined };
  return {
    textOf: uri => texts.get(uri),
    tools: {
      ...tools,
      workspace: {
        async findUp(from, names) {
          const found = await workspace.findUp(from, names);
          if (found) texts.set(found.uri, found.text);
          return found;
        },
      },
    },
  };
}
