import type { Finding } from '../../core/ports/finding.ts';
import { variables } from '../part-kinds.ts';
import type { Disk } from '../world.ts';

/** In the folder where the program was started: scripts of npm and commands read it. */
const PATH = '.env';
/** Read by others. */
const OPEN = 0o004;

const SECRETS = new Set(variables.filter(({ sensitive }) => sensitive).map(({ env }) => env));

/** What is odd about the `.env` here: anybody may read secrets in it, or a line hides another one. No file, nothing. */
export function inspectDotenv(disk: Disk): readonly Finding[] {
  const text = textOf(disk);
  if (text === undefined) return [];
  const lines = linesOf(text);
  const finding = (say: string): Finding => ({ check: 'settings', status: 'warning', where: PATH, say });
  const isOpen = ((disk.statSync(PATH).mode ?? 0) & OPEN) !== 0;
  const secrets = lines.filter(({ name, value }) => SECRETS.has(name) && value !== '');
  const doubled = hiddenBy(lines);
  return [
    ...(isOpen && secrets.length > 0
      ? [finding(`can be read by every user of this machine, and has secrets in it; chmod 600 ${PATH}`)]
      : []),
    ...(doubled.length > 0 ? [finding(`${doubled.join(', ')}: set more than once; the last line of each counts`)] : []),
  ];
}

function textOf(disk: Disk): string | undefined {
  try {
    return new TextDecoder().decode(disk.readFileSync(PATH));
  } catch {
    return undefined;
  }
}

interface Line {
  readonly name: string;
  /** As it is written, quotes and all. */
  readonly value: string;
}

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]*)[ \t]*=[ \t]*(.*)$/gm)].map(
    ([, name = '', value = '']) => ({ name, value: value.trim() }),
  );
}

/** Names whose last line says something else than one before it. */
function hiddenBy(lines: readonly Line[]): readonly string[] {
  const last = new Map(lines.map(({ name, value }) => [name, value]));
  return [...new Set(lines.filter(({ name, value }) => last.get(name) !== value).map(({ name }) => name))];
}
