import convict from 'convict';
import type { Log } from './core/ports.ts';
import type { Filter } from './core/types.ts';
import type { Http } from './http.ts';
import { quote } from './settings-formats.ts';
import type { Format } from './settings-formats.ts';

export { baseUrl, commaList, flag, oneOf, plain, quote, secret, secretUrl, text, wholeNumber } from './settings-formats.ts';
export type { Format, Show } from './settings-formats.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What is wrong with one variable; what to do. Never holds a sensitive value. */
export interface SettingsFault {
  readonly variable: string;
  readonly text: string;
}

/** Every fault of the settings that were read, one per variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly faults: readonly SettingsFault[];

  constructor(faults: readonly SettingsFault[]) {
    super(faults.map(({ variable, text }) => `${variable}: ${text}`).join('\n'));
    this.faults = faults;
  }
}

/** A plug-in's objection to a filter; becomes a fault with file and line. */
export interface Complaint {
  readonly filter: string;
  readonly key: keyof Filter;
  /** What is wrong; what to do. */
  readonly text: string;
}

/** What a plug-in may use of the world outside. */
export interface Deps {
  /** Epoch milliseconds. */
  now(): number;
  uuid(): string;
  /** Name of this server. */
  readonly server: string;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  readonly http: Http;
  readonly log: Log;
  /** Hides every secret of the program: for a vendor's words, before they are shortened. */
  mask(text: string): string;
}

/** One variable, for `.env.example`, the docs and the check of settings. */
export interface Variable {
  readonly env: string;
  readonly doc: string;
  /** As it would be written in the environment; null: none. */
  readonly default: string | null;
  readonly sensitive: boolean;
  readonly required: boolean;
}

/** One setting, as convict declares it. */
export interface Setting<T> {
  readonly doc: string;
  readonly format: Format<Exclude<T, undefined>>;
  /** null: required, unless `optional`. */
  readonly default: Exclude<T, undefined> | null;
  readonly env: string;
  readonly sensitive?: boolean;
  /** Unset gives undefined; so only where the setting's type says that it may be undefined. */
  readonly optional?: undefined extends T ? true : never;
}

export type Schema<S> = { readonly [K in keyof S]-?: Setting<S[K]> };

/** A part made from its settings. */
export interface Built<T> {
  readonly part: T;
  /** The values of its sensitive settings, so that logs and answers can mask them. */
  readonly secrets: readonly string[];
  vet(filters: readonly Filter[]): readonly Complaint[];
}

/** A source or sink as its registry holds it: its settings, and how to build it from the environment. */
export interface Plugin<T> {
  readonly variables: readonly Variable[];
  /** Variables whose presence says that the plug-in is wanted. */
  readonly wantedBy: readonly string[];
  /** Throws a SettingsError naming every variable that is missing or wrong. `name` is the instance's. */
  build(env: Env, deps: Deps, name: string): Built<T>;
}

export interface PluginSpec<T, S extends object> {
  readonly settings: Schema<S>;
  readonly wantedBy: readonly string[];
  create(settings: S, deps: Deps, name: string): T;
  /** Objections to filters that this plug-in cannot serve, known before the first run. */
  vet?(filters: readonly Filter[], settings: S): readonly Complaint[];
}

/** Ties a plug-in's settings to its factory, so that plug-ins with different settings fit in one registry. */
export function plugin<T, S extends object>(spec: PluginSpec<T, S>): Plugin<T> {
  return {
    variables: variablesOf(spec.settings),
    wantedBy: spec.wantedBy,
    build(env, deps, name) {
      const settings = readSettings(spec.settings, env);
      return {
        part: spec.create(settings, deps, name),
        secrets: secretsOf(spec.settings, settings),
        vet: (filters) => spec.vet?.(filters, settings) ?? [],
      };
    },
  };
}

/** Reads the settings of a schema; throws a SettingsError with the faults of all of them. */
export function readSettings<S>(schema: Schema<S>, env: Env): S {
  const { settings, faults } = checkSettings(schema, env);
  if (faults.length > 0) throw new SettingsError(faults);
  return settings as S;
}

/** Like `readSettings`, for a caller that has more to check: what could be read, and what is wrong with the rest. */
export function checkSettings<S>(schema: Schema<S>, env: Env): { settings: Partial<S>; faults: SettingsFault[] } {
  const faults: SettingsFault[] = [];
  const values: Record<string, unknown> = {};
  const given = Object.fromEntries(settingsOf(schema).map(([, { env: name }]) => [name, valueOf(env, name)]));
  const declared = settingsOf(schema).map(([key, setting]) => [key, {
    // NOTE: as text: convict would read the text of a variable whose default is a number with parseFloat.
    default: defaultText(setting),
    doc: setting.doc,
    env: setting.env,
    sensitive: setting.sensitive === true,
    format: (value: string | null) => take(value, key, setting, values, faults),
  }]);
  convict(Object.fromEntries(declared) as convict.Schema<unknown>, { env: given, args: [] }).validate({ allowed: 'strict' });
  return { settings: values as Partial<S>, faults };
}

/** Convict's format function: keeps the value, or the fault, instead of throwing convict's text, which shows values. */
function take(given: string | null, key: string, setting: Setting<unknown>,
  values: Record<string, unknown>, faults: SettingsFault[]): void {
  if (given === null) {
    if (setting.optional !== true) faults.push({ variable: setting.env, text: unset(setting) });
    return;
  }
  try {
    values[key] = setting.format(given, setting.sensitive === true ? () => 'a value' : quote);
  } catch (error) {
    faults.push({ variable: setting.env, text: (error as Error).message });
  }
}

function unset({ doc, env, sensitive }: Setting<unknown>): string {
  const where = sensitive === true ? `it, or ${env}_FILE to a file that holds it` : 'it';
  return `is not set; set ${where} (${doc})`;
}

/** The variable's text without white space around it; undefined when nothing is left. */
export function valueOf(env: Env, variable: string): string | undefined {
  const value = Object.hasOwn(env, variable) ? env[variable]?.trim() : undefined;
  return value === '' ? undefined : value;
}

/** The variables that a schema declares. */
export function variablesOf<S>(schema: Schema<S>): readonly Variable[] {
  return settingsOf(schema).map(([, setting]) => ({
    env: setting.env,
    doc: setting.doc,
    default: defaultText(setting),
    sensitive: setting.sensitive === true,
    required: setting.default === null && setting.optional !== true,
  }));
}

/** The values of a schema's sensitive settings; each entry of a list is a secret of its own. */
export function secretsOf<S>(schema: Schema<S>, settings: S): readonly string[] {
  return settingsOf(schema)
    .filter(([, { sensitive }]) => sensitive === true)
    .flatMap(([key]) => settings[key as keyof S])
    .filter((value) => typeof value === 'string');
}

function settingsOf<S>(schema: Schema<S>): [string, Setting<unknown>][] {
  return Object.entries<Setting<unknown>>(schema as Record<string, Setting<unknown>>);
}

function defaultText(setting: Setting<unknown>): string | null {
  if (setting.default === null) return null;
  // A list becomes its entries with commas between them.
  const value = setting.default as string | number | boolean;
  return String(value);
}

/**
 * Fills in sensitive variables from the files that their NAME_FILE variables name (Docker and Kubernetes secrets).
 * `readFile` throws when it cannot read. A variable at fault here may be reported again as not set: see `onePerVariable`.
 */
export function expandFiles(env: Env, sensitive: readonly string[], readFile: (path: string) => string):
{ readonly env: Env; readonly faults: readonly SettingsFault[] } {
  const faults: SettingsFault[] = [];
  const found: Record<string, string> = {};
  for (const variable of new Set(sensitive)) {
    const path = valueOf(env, `${variable}_FILE`);
    if (path === undefined) continue;
    const result = valueOf(env, variable) === undefined ? fromFile(variable, path, readFile)
      : { fault: `is set, and so is ${variable}_FILE; keep one of them` };
    if ('fault' in result) faults.push({ variable, text: result.fault });
    else found[variable] = result.value;
  }
  return { env: { ...env, ...found }, faults };
}

// NOTE: the path is not shown: it is the secret itself when somebody mistook NAME_FILE for NAME.
function fromFile(variable: string, path: string, readFile: (path: string) => string): { value: string } | { fault: string } {
  try {
    const value = readFile(path).replace(/\r?\n$/, '');
    return value.trim() === '' ? { fault: `${variable}_FILE names an empty file; write the secret into it` } : { value };
  } catch {
    return { fault: `${variable}_FILE names a file that cannot be read; check its path and rights` };
  }
}

/** Keeps the first fault of each variable, in order: a later one says the same or follows from it. */
export function onePerVariable(faults: readonly SettingsFault[]): readonly SettingsFault[] {
  return faults.filter(({ variable }, index) => faults.findIndex((other) => other.variable === variable) === index);
}
