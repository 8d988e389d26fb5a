import { parseArgs } from 'node:util';
import { givenBy } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { loadFilters, readFilterFiles } from '../../config/filters/load.ts';
import { type Env, valueOf } from '../../config/schema.ts';
import { FILTERS_PATH } from '../../config/settings.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { Command } from '../command.ts';
import { difference } from './difference.ts';
import { notesOn } from './notes.ts';

/** What a generated text is made of. */
export interface Material {
  /** Those that are sent to the target's sink. */
  readonly filters: readonly Filter[];
  /** Number of the New Relic account. */
  readonly account: number;
  /** Lines for the top of it. */
  readonly notes: readonly string[];
}

export interface Target {
  /** The sink that the text is about; undefined: the service itself. */
  readonly sink?: string;
  /** The text names the New Relic account. */
  readonly account?: true;
  make(material: Material): string;
}

const OPTIONS = { account: { type: 'string' }, check: { type: 'string' }, filters: { type: 'string' } } as const;

/** A command that writes one of several texts to stdout, or with --check compares it with a file. */
export function generator(name: string, summary: string, targets: Readonly<Record<string, Target>>): Command {
  return {
    summary,
    help: helpFor(name, targets),
    async run(args, world) {
      const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
      const chosen = positionals[0] ?? '';
      if (positionals.length !== 1 || !Object.hasOwn(targets, chosen))
        throw unclear(`${name} needs one of: ${Object.keys(targets).join(', ')}`);
      const target = targets[chosen]!;
      if (values.account !== undefined && target.account !== true)
        throw unclear(`${name} ${chosen} names no account; leave --account out`);
      const { env, redact } = givenBy(world);
      const say = (text: string): void => void world.out.write(redact(text));
      const path = values.filters ?? valueOf(env, 'FILTERS') ?? FILTERS_PATH;
      const filters = filtersIn(path, world, say);
      if (filters === undefined) return 1;
      const text = textOf(target, filters, path, values.account, env);
      if (values.check === undefined) return end(say, text, 0);
      const again = ['sentry-monitor', name, ...args.filter((_, index) => !isCheck(args, index)), '>', values.check]
        .map(shellWord)
        .join(' ');
      return compare(values.check, redact(text), again, world, say);
    },
  };
}

function helpFor(name: string, targets: Readonly<Record<string, Target>>): string {
  const account = Object.values(targets).some((target) => target.account === true);
  return `sentry-monitor ${name} ${Object.keys(targets).join('|')} ${account ? '[--account <number>] ' : ''}[--filters <path>] [--check <file>]

Makes it from the filters, the same each time, and writes it to stdout.

${account ? '  --account  number of the New Relic account (NEW_RELIC_ACCOUNT_ID)\n' : ''}  --filters  another file or folder than FILTERS
  --check    writes nothing: says whether the file is what the filters make, and what differs

Exit codes: 0 made, or up to date; 1 a fault in the filters, or the file differs; 2 bad call.
`;
}

/** The CLI shows it with the command's help and exits 2. */
function unclear(message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_PARSE_ARGS_TARGET' });
}

function isCheck(args: readonly string[], index: number): boolean {
  return args[index]!.startsWith('--check') || args[index - 1] === '--check';
}

function shellWord(text: string): string {
  return /^[\w./:=@>-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function end(say: (text: string) => void, text: string, code: number): number {
  say(text);
  return code;
}

/** Undefined when a file is at fault, and then it was said: half of the teams would be a dashboard that lies. */
function filtersIn(path: string, { disk }: World, say: (text: string) => void): readonly Filter[] | undefined {
  const { files, faults: unread } = readFilterFiles(path, disk);
  const { filters, faults } = loadFilters(files, unread);
  if (faults.length === 0) return filters;
  for (const { where, text } of faults) say(`fault    ${where}: ${text}\n`);
  say(`${faults.length} to mend, nothing was made\n`);
  return undefined;
}

function textOf(
  { sink, account: wanted, make }: Target,
  filters: readonly Filter[],
  path: string,
  account: string | undefined,
  env: Env,
): string {
  const own = sink === undefined ? filters : filters.filter(({ sinks }) => sinks?.includes(sink) ?? true);
  if (own.length === 0)
    throw unclear(`no filter of ${path} is sent to ${sink}; leave out its sinks: key, or add ${sink} to it`);
  return make({
    filters: own,
    account: wanted === true ? accountIn(account, env) : 0,
    notes: notesOn(
      own,
      sink,
      filters.filter((filter) => !own.includes(filter)),
    ),
  });
}

function accountIn(given: string | undefined, env: Env): number {
  const text = given ?? valueOf(env, 'NEW_RELIC_ACCOUNT_ID');
  if (text === undefined) throw unclear('which account? Pass --account <number>, or set NEW_RELIC_ACCOUNT_ID');
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw unclear(`${JSON.stringify(text)} is not the number of an account; write digits only`);
  return Number(text);
}

function compare(file: string, text: string, again: string, { disk }: World, say: (text: string) => void): number {
  const { kept, trouble } = contents(file, disk);
  if (kept === text) return end(say, `${file} is up to date\n`, 0);
  if (trouble === 'is a folder') return end(say, `${file} is a folder; name the file in it\n`, 1);
  const what =
    kept === undefined ? `${file} ${trouble}\n` : `${file} is not what the filters make:\n${difference(kept, text)}`;
  return end(say, `${what}Make it anew: ${again}\n`, 1);
}

const TROUBLES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by this user',
};

function contents(file: string, disk: World['disk']): { readonly kept?: string; readonly trouble: string } {
  try {
    return { kept: Buffer.from(disk.readFileSync(file)).toString(), trouble: '' };
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    return { trouble: TROUBLES[code] ?? `cannot be read (${code})` };
  }
}
