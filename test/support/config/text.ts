import fs from 'node:fs';
import path from 'node:path';
import { editorSchema, type EditorSchema } from '../../../src/config/filters/editors.ts';
import { fileOf } from '../../../src/config/filters/file.ts';
import { KEYS } from '../../../src/config/filters/keys.ts';
import { type PartKey, SECTIONS } from '../../../src/config/filters/parts/part-keys.ts';
import { BACKUP_KEYS } from '../../../src/config/backup/keys.ts';
import { DIGEST_KEYS } from '../../../src/config/digests/keys.ts';
import { PERSON_KEYS } from '../../../src/config/people/keys.ts';
import { REMINDER_KEYS } from '../../../src/config/reminders/keys.ts';
import { OPTIONS } from '../../../src/config/rules/entry.ts';
import { MUTE_KEYS } from '../../../src/config/rules/mutes.ts';
import { POLICY } from '../../../src/config/rules/policy.ts';
import type { Keys } from '../../../src/config/filters/shape.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import type { Variable } from '../../../src/config/schema.ts';
import { variables as own } from '../../../src/config/settings.ts';
import { channels } from '../../../src/integrations/channels/index.ts';
import { sinks } from '../../../src/integrations/sinks/index.ts';
import { sources } from '../../../src/integrations/sources/index.ts';
import { ledgers } from '../../../src/storage/index.ts';

export const ROOT = path.join(import.meta.dirname, '../../..');

/** The files that are made from the code, by path, as they must be. */
export function configTexts(): ReadonlyMap<string, string> {
  const schema = editorSchema(fileOf(KEYS, partKinds));
  const tables = { filters: filterTable(schema), parts: partTables(), settings: settingTables() };
  return new Map([
    ['config/filters.schema.json', `${JSON.stringify(schema, null, 2)}\n`],
    ['docs/alerting.md', sections(textOf('docs/alerting.md'), ALERTING)],
    ['docs/backup.md', sections(textOf('docs/backup.md'), { backup: keyTable(BACKUP_KEYS) })],
    ['docs/digests.md', sections(textOf('docs/digests.md'), { digests: keyTable(DIGEST_KEYS) })],
    ['docs/reminders.md', sections(textOf('docs/reminders.md'), REMINDERS)],
    ['docs/configuration.md', sections(textOf('docs/configuration.md'), tables)],
  ]);
}

const ALERTING = { options: keyTable(OPTIONS), channels: keyTable(POLICY), mutes: keyTable(MUTE_KEYS) };

const REMINDERS = { people: keyTable(PERSON_KEYS), reminders: keyTable(REMINDER_KEYS) };

function keyTable(keys: Keys): string {
  const rows = Object.entries(keys).map(([key, { doc, schema }]) => [`\`${key}\``, doc, valueIn(editorSchema(schema))]);
  return table(['Key', 'Meaning', 'Value'], rows);
}

export function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** What stands between `<!-- name -->` and `<!-- /name -->` is ours, the rest is written by people. */
export function sections(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((whole, [name, part]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [whole.indexOf(begin), whole.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page has no ${begin} … ${end}`);
    return `${whole.slice(0, from + begin.length)}\n\n${part}\n\n${whole.slice(to)}`;
  }, text);
}

/** One row for each key of a filter, and for each key of a map in it. */
export function filterTable(schema: EditorSchema): string {
  const keys = schema.properties?.['filters']?.items?.properties ?? {};
  const rows = Object.entries(keys).flatMap(([key, it]) => [
    [key, it] as const,
    ...Object.entries(it.properties ?? {}).map(([inner, its]) => [`${key}.${inner}`, its] as const),
  ]);
  return table(
    ['Key', 'Meaning', 'Value', 'Default'],
    rows.map(([key, it]) => [`\`${key}\``, it.description ?? '', valueIn(it), defaultOf(it)]),
  );
}

function valueIn({
  type,
  properties,
  items,
  enum: words,
  patternErrorMessage,
  minItems = 0,
  maxLength,
  minimum,
  maximum,
  const: constant,
}: EditorSchema): string {
  if (items !== undefined)
    return `list, ${minItems > 0 ? 'at least one entry' : 'may be empty'}; each ${valueIn(items)}`;
  if (words !== undefined) return words.join(', ');
  if (patternErrorMessage !== undefined) return patternErrorMessage;
  if (type === 'object') return properties === undefined ? 'map of names to texts, numbers, true or false' : 'map';
  if (type === 'boolean') return constant === undefined ? 'true or false' : JSON.stringify(constant);
  if (type === 'string') return `text${maxLength === undefined ? '' : ` of at most ${maxLength} characters`}`;
  return `${type === 'integer' ? 'whole number' : 'number'} from ${minimum} to ${maximum}`;
}

function defaultOf({ default: given }: EditorSchema): string {
  if (given === undefined || (typeof given === 'object' && Object.keys(given ?? {}).length === 0)) return '';
  return `\`${JSON.stringify(given)}\``;
}

/** One table for each vendor of sources and sinks that a file may set up. */
function partTables(): string {
  const all = (Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).flatMap((section) =>
    Object.entries(partKinds.vendors[section]).map(
      ([vendor, keys]) => `### \`${vendor}\` under \`${section}\`\n\n${partTable(keys)}`,
    ),
  );
  return all.join('\n\n');
}

function partTable(keys: readonly PartKey[]): string {
  return table(
    ['Key', 'Meaning', 'Value', 'Default', 'As'],
    keys.map(({ key, doc, format, default: given, sensitive, required, env }) => {
      const value = sensitive ? 'name of the variable that holds it' : format.replace('comma list', 'list');
      const usual = given === null ? `${required ? 'required' : ''}` : `\`${given}\``;
      return [`\`${key}\``, doc, value, usual, `\`${env}\``];
    }),
  );
}

function settingTables(): string {
  const parts: (readonly [string, readonly Variable[], string])[] = [
    ['The service', own, 'required'],
    ...Object.entries(sources).map(([name, { variables }]) => [`Source \`${name}\``, variables, 'required'] as const),
    ...Object.entries(sinks).map(
      ([name, { variables }]) => [`Sink \`${name}\``, variables, 'required with the sink'] as const,
    ),
    ...Object.entries(channels).flatMap(([name, { variables: all }]) => {
      const ofService = all.filter(({ env }) => !env.startsWith('channels.'));
      return ofService.length === 0 ? [] : [[`Channel \`${name}\``, ofService, 'required with the channel'] as const];
    }),
    ['Ledger', ledgers.sql.variables, 'required with a ledger'],
  ];
  return parts.map(([title, variables, must]) => `### ${title}\n\n${settingTable(variables, must)}`).join('\n\n');
}

function settingTable(variables: readonly Variable[], must = 'required'): string {
  return table(
    ['Variable', 'Meaning', 'Value', 'Default'],
    variables.map(({ env, doc, format, default: given, sensitive, required }) => {
      const values = `${format}${sensitive ? '; secret' : ''}`;
      return [`\`${env}\``, doc, values, given === null ? `${required ? must : ''}` : `\`${given}\``];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/<(\w+)>/g, '&lt;$1&gt;')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
