import convict from 'convict';
import { type Format, quote } from './formats.ts';

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

/** One variable, for `.env.example`, the docs and the check of settings. */
export interface Variable {
  readonly env: string;
  readonly doc: string;
  /** What may be written, in words. */
  readonly format: string;
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
  /** Of a file that sets up one more instance; absent: the setting's own name. */
  readonly key?: string;
  readonly sensitive?: boolean;
  /** Unset gives undefined; so only where the setting's type says that it may be undefined. */
  readonly optional?: undefined extends T ? true : never;
}

export type Schema<S> = { readonly [K in keyof S]-?: Setting<S[K]> };

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
  const declared = settingsOf(schema).map(([key, setting]) => [
    key,
    {
      // NOTE: as text: convict would read the text of a variable whose default is a number with parseFloat.
      default: defaultText(setting),
      doc: setting.doc,
      env: setting.env,
      sensitive: setting.sensitive === true,
      format: (value: string | null) => {
        const taken = take(value, setting);
        if ('fault' in taken) faults.push({ variable: setting.env, text: taken.fault });
        else if (value !== null) values[key] = taken.value;
      },
    },
  ]);
  convict(Object.fromEntries(declared) as convict.Schema<unknown>, { env: given, args: [] }).validate({
    allowed: 'strict',
  });
  return { settings: values as Partial<S>, faults };
}

/** The value, or what is wrong with it in our words: convict's own text would show values. */
function take(
  given: string | null,
  setting: Setting<unknown>,
): { readonly value: unknown } | { readonly fault: string } {
  if (given === null) return setting.optional === true ? { value: undefined } : { fault: unset(setting) };
  try {
    return { value: setting.format(given, setting.sensitive === true ? () => 'a value' : quote) };
  } catch (error) {
    return { fault: (error as Error).message };
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
    format: setting.format.words ?? '',
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

export function settingsOf<S>(schema: Schema<S>): [string, Setting<unknown>][] {
  return Object.entries<Setting<unknown>>(schema as Record<string, Setting<unknown>>);
}

function defaultText(setting: Setting<unknown>): string | null {
  if (setting.default === null) return null;
  // A list becomes its entries with commas between them.
  const value = setting.default as string | number | boolean;
  return String(value);
}

/** Keeps the first fault of each variable, in order: a later one says the same or follows from it. */
export function onePerVariable(faults: readonly SettingsFault[]): readonly SettingsFault[] {
  return faults.filter(({ variable }, index) => faults.findIndex((other) => other.variable === variable) === index);
}
