import { parseEnv } from 'node:util';

export type Values = Readonly<Record<string, string>>;

/** A `.env` with more in it than before. */
export interface Merged {
  readonly text: string;
  readonly written: readonly string[];
}

/** A value that no way of writing it brings back the same. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

const HEAD = '# Settings of sentry-monitor; docs/configuration.md lists all. It holds secrets: keep it to yourself.\n';

/**
 * What is there stays, comments and all; an empty `NAME=` is filled in at its place, a value that is replaced too, and
 * the rest comes at the end. Throws an Unwritable.
 */
export function mergeEnv(text: string, wanted: Values): Merged {
  const there = parseEnv(text);
  const fresh = Object.entries(wanted).filter(([name, value]) => there[name] !== value);
  const left = new Map(fresh.map(([name, value]) => [name, lineOf(name, value)]));
  const lines = text.split('\n').map((line) => replaced(line, there, left));
  const body = lines.join('\n').trimEnd();
  const parts = [body === '' ? HEAD.trimEnd() : body, ...left.values()];
  const merged = `${parts.join('\n')}\n`;
  const read = parseEnv(merged);
  for (const [name, value] of fresh) if (read[name] !== value) throw unwritable(name);
  return { text: fresh.length === 0 ? text : merged, written: fresh.map(([name]) => name) };
}

/** The line with its new value, which then is no longer left. A value of several lines is left to the file's end. */
function replaced(line: string, there: NodeJS.Dict<string>, left: Map<string, string>): string {
  const name = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=/.exec(line)?.[1];
  const fresh = name === undefined ? undefined : left.get(name);
  if (name === undefined || fresh === undefined || parseEnv(line)[name] !== there[name]) return line;
  left.delete(name);
  return fresh;
}

/** Bare where that will do: others than Node read the file too. */
function lineOf(name: string, value: string): string {
  const forms = [value, `'${value}'`, `"${value}"`, `\`${value}\``];
  const form = forms.find((it, index) => (index > 0 || /^[\w./:@,+=~-]*$/.test(value)) && comesBack(it, value));
  if (form === undefined) throw unwritable(name);
  return `${name}=${form}`;
}

function comesBack(form: string, value: string): boolean {
  return parseEnv(`X=${form}\nY=1\n`)['X'] === value;
}

function unwritable(name: string): Unwritable {
  return new Unwritable(
    `${name}: its value cannot be written into .env; put it into a file, and set ${name}_FILE to it`,
  );
}
