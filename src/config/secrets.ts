import { createRedactor, type Redact } from '../platform/redact.ts';
import { type Env, type SettingsFault, valueOf, type Variable } from './schema.ts';
import { expandFiles, withinRoots } from './secret-files.ts';

/** The environment as the program reads it, and what of it nobody may see. */
export interface Given {
  /** Secrets from files are filled in. */
  readonly env: Env;
  readonly faults: readonly SettingsFault[];
  /** Values of sensitive variables, also of those whose part is not in use. */
  readonly secrets: readonly string[];
  /**
   * Hides the values of sensitive variables, right or wrong, and keys that stand in the place of something else. It is
   * for what is said before the settings are known to be good, and when the program breaks.
   */
  readonly redact: Redact;
  /** Values of variables that a filters file names as keys; from now on `redact` hides them too. */
  named(variables: readonly string[]): NamedKeys;
}

/** What was found of variables that hold keys. */
export interface NamedKeys {
  readonly env: Env;
  readonly faults: readonly SettingsFault[];
}

/** `readFile` throws when it cannot read; each file is read once, because it may be a pipe. */
export function readGiven(given: Env, variables: readonly Variable[], readFile: (path: string) => string): Given {
  const readOnce = once(withinRoots(given, readFile));
  const sensitive = variables.filter((variable) => variable.sensitive).map((variable) => variable.env);
  const { env, faults } = expandFiles(given, sensitive, readOnce);
  const secrets = secretsIn(env, sensitive);
  const others = variables.flatMap((variable) => [
    ...(variable.sensitive ? [] : [variable.env]),
    `${variable.env}_FILE`,
  ]);
  const misplaced = others.map((name) => valueOf(env, name) ?? '').filter(looksLikeKey);
  const hidden = new Set([...secrets.flatMap(partsOf), ...misplaced]);
  let redact = createRedactor([...hidden]);
  return {
    env,
    faults,
    secrets,
    redact: (text) => redact(text),
    named(names) {
      const found = expandFiles(given, names, readOnce);
      const more = new Set(secretsIn(found.env, names).flatMap(partsOf)).difference(hidden);
      for (const secret of more) hidden.add(secret);
      if (more.size > 0) redact = createRedactor([...hidden]);
      return found;
    },
  };
}

/** NOTE: a file may be a pipe, which is empty when it is read again. */
function once(readFile: (path: string) => string): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    const text = known.get(path) ?? readFile(path);
    known.set(path, text);
    return text;
  };
}

function secretsIn(env: Env, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => valueOf(env, name) ?? []).flatMap((value) => [value, ...keysIn(value)]);
}

export function looksLikeKey(text: string): boolean {
  return KEY.test(text);
}

/**
 * A long word with at least four digits, or what begins as Sentry's tokens do. Points and slashes are left to hosts and
 * paths.
 */
const KEY = /^(?=(?:\D*\d){4})(?=.*[a-z])(?:[\w+=~-]{20,}|sntry[a-z]_\S{16,})$/i;

/**
 * Of an address: its password, its path, and what stands in path or query and looks like a key. Vendors quote these
 * alone.
 */
export function keysIn(value: string): readonly string[] {
  if (!/^[a-z]+:\/\//i.test(value) || !URL.canParse(value)) return [];
  const { protocol, href, pathname, searchParams, password } = new URL(value);
  const passwords = password === '' ? [] : [password, decoded(password)];
  if (!/^https?:$/.test(protocol)) return passwords;
  return [
    ...passwords,
    href,
    pathname.replace(/\/+$/, ''),
    ...[...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 16 && /[\dA-Z]/.test(part)),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A secret may be one of a list, follow `Bearer` or somebody's name, or have come with a line break. */
function partsOf(value: string): readonly string[] {
  const parts = [value, ...value.split(','), ...value.split(/[\s,]+/)];
  return [
    ...parts,
    ...parts.flatMap((part) => /^\s*(?!sqlite:)[\w.@-]{1,60}:(?!\/\/)(\S{16,})\s*$/.exec(part)?.[1] ?? []),
  ];
}
