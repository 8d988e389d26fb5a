import type { FoundPart, PartComplaint } from '../config/filters/load.ts';
import { type PartKey, type Section, trackerName } from '../config/filters/parts/part-keys.ts';
import { baseUrl, wholeUrl } from '../config/formats.ts';
import { personChannels, unreachable } from '../config/people/reaching.ts';
import { type Env, SettingsError, type SettingsFault, valueOf } from '../config/schema.ts';
import type { Given } from '../config/secrets.ts';
import type { Configured, Plugin } from '../integrations/plugin.ts';

/** A part that is wanted, under its instance's name; undefined: its settings have faults. */
export interface Wanted<T> {
  readonly name: string;
  /** Its plug-in's name. */
  readonly vendor: string;
  readonly configured: Configured<T> | undefined;
}

export interface FileParts<T> {
  readonly wanted: readonly Wanted<T>[];
  readonly faults: readonly PartComplaint[];
}

/** Where the keys of files are. */
export interface Keys {
  readonly given: Given;
  /** Names of the variables that files may name; undefined: all. */
  readonly allowed: readonly string[] | undefined;
}

/** What files set up of one kind, with the keys that they name. */
export function filePartsOf<T>(
  section: Section,
  registry: Readonly<Record<string, Plugin<T>>>,
  parts: readonly FoundPart[],
  from: Keys,
): FileParts<T> {
  const all = parts.filter((part) => part.section === section).map((part) => filePart(part, registry, from));
  return { wanted: all.map(({ wanted }) => wanted), faults: all.flatMap(({ faults }) => faults) };
}

/** Channels of somebody who became known after the start, by the keys of channels that were there then. */
export function personPartsOf<T>(
  person: FoundPart,
  registry: Readonly<Record<string, Plugin<T>>>,
  parts: readonly FoundPart[],
  from: Keys,
): FileParts<T> {
  const { wanted, faults } = filePartsOf('channels', registry, personChannels(person, parts), from);
  const lost = unreachable(person, parts).map((fault) => ({ part: person.name, ...fault }));
  return { wanted, faults: [...lost, ...faults] };
}

function filePart<T>(
  { name, texts }: FoundPart,
  registry: Readonly<Record<string, Plugin<T>>>,
  from: Keys,
): { readonly wanted: Wanted<T>; readonly faults: readonly PartComplaint[] } {
  const [vendor, plugin] = Object.entries(registry).find(
    ([it]) => name === trackerName(it) || Object.hasOwn(texts, it),
  )!;
  const written = plugin.keys.filter(({ key }) => Object.hasOwn(texts, key));
  const { env, faults } = envOf(written, texts, plugin.keys, from);
  const complaints = faults.map((fault) => ({ part: name, ...fault }));
  if (faults.length > 0) return { wanted: { name, vendor, configured: undefined }, faults: complaints };
  try {
    const configured = plugin.read({ ...ofService(plugin, from.given.env), ...env });
    return { wanted: { name, vendor, configured }, faults: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const said = error.faults.map((fault) => ({ part: name, ...inItsWords(fault, written, texts) }));
    return { wanted: { name, vendor, configured: undefined }, faults: said };
  }
}

/** What no file may say, for all instances alike. */
function ofService({ variables, keys }: Plugin<unknown>, given: Env): Env {
  const own = new Set(keys.map(({ env }) => env));
  const shared = variables.filter(({ env }) => !own.has(env));
  return Object.fromEntries(shared.map(({ env }) => [env, valueOf(given, env)]));
}

/** A variable is named where the file names one, or cannot say it. */
function inItsWords(
  { variable, text }: SettingsFault,
  written: readonly PartKey[],
  texts: FoundPart['texts'],
): KeyFault {
  const found = written.find(({ env }) => env === variable);
  if (found === undefined) return { key: undefined, text: `${variable} ${text}` };
  return { key: found.key, text: found.sensitive ? `${texts[found.key]!} ${text}` : text };
}

type KeyFault = Omit<PartComplaint, 'part'>;

/** The part's settings as if the environment had them. */
function envOf(
  written: readonly PartKey[],
  texts: FoundPart['texts'],
  all: readonly PartKey[],
  from: Keys,
): { readonly env: Env; readonly faults: readonly KeyFault[] } {
  const env: Record<string, string> = {};
  const faults: KeyFault[] = [];
  for (const { key, env: variable, sensitive } of written) {
    const text = texts[key]!;
    const found = sensitive ? secretIn(text, variable, { texts, all, ...from }) : { value: text };
    if ('value' in found) env[variable] = found.value;
    else faults.push({ key, text: found.fault });
  }
  return { env, faults };
}

interface Around extends Keys {
  readonly texts: FoundPart['texts'];
  readonly all: readonly PartKey[];
}

function secretIn(name: string, own: string, around: Around): { value: string } | { fault: string } {
  const { texts, all, given, allowed } = around;
  if (allowed?.includes(name) === false)
    return { fault: `${name} is not in FILE_SECRETS; add it there, or name one of ${allowed.join(', ')}` };
  if (name === own && !isAtHome(texts, all, given.env))
    return { fault: `${name} is for the address that the environment sets; name a variable of your own` };
  const { env, faults } = given.named([name]);
  if (faults[0] !== undefined) return { fault: `${name}: ${faults[0].text}` };
  const value = valueOf(env, name);
  return value === undefined
    ? { fault: `${name} is not set; set it, or ${name}_FILE to a file that holds it` }
    : { value };
}

/** NOTE: otherwise a file could have the service's own key sent to any address. */
function isAtHome(texts: FoundPart['texts'], all: readonly PartKey[], env: Env): boolean {
  const addressOf = (text: string | undefined): string | undefined => text?.replace(/\/+$/, '').toLowerCase();
  return all
    .filter(({ read }) => read === baseUrl || read === wholeUrl)
    .every(({ key, env: variable, default: usual }) => {
      const [here, there] = [texts[key] ?? usual, valueOf(env, variable) ?? usual];
      return addressOf(here ?? undefined) === addressOf(there ?? undefined);
    });
}
