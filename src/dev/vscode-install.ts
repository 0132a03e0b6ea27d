import { join } from 'node:path';
import { npmDownload, npmInstall } from './npm-download.ts';

/** The npm package that carries a complete VS Code server build, for machines where no desktop VS Code can be had. */
const server = { name: 'code-server', version: '4.139.1' };

/** Installs the VS Code server on first use and returns the path of its main script. */
export async function installVsCodeServer(): Promise<string> {
  const inside = ['node_modules', server.name, 'lib', 'vscode'];
  const folder = await npmDownload({
    ...server,
    title: 'the VS Code server (about 500 MB)',
    finish: async half => {
      const vscode = join(half, ...inside);
      await npmInstall(vscode, ['--omit=dev', '--omit=optional']);
      // The built-in TypeScript extension finds its compiler here.
      await npmInstall(join(vscode, 'extensions'), ['--omit=dev']);
    },
  });
  return join(folder, ...inside, 'out', 'server-main.js');
}
