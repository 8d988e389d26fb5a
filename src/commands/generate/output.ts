import { parseArgs } from 'node:util';
import { givenBy } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { loadFilters, readFilterFiles } from '../../config/filters/load.ts';
import { valueOf } from '../../config/schema.ts';
import { FILTERS_PATH } from '../../config/settings.ts';
import type { Filter } from '../../core/model/filter.ts';
import { BadCall, type Command } from '../command.ts';
import { checkFile } from './check-file.ts';
import { materialFor } from './material.ts';
import type { Target } from './text/target.ts';

const OPTIONS = { account: { type: 'string' }, check: { type: 'string' }, filters: { type: 'string' } } as const;

type Targets = Readonly<Record<string, Target>>;

/** A command that writes one of several texts to stdout, or with --check compares it with a file. */
export function generator(name: string, summary: string, targets: Targets): Command {
  return {
    summary,
    help: helpFor(name, targets),
    async run(args, world) {
      const { target, account, check, filters: named } = readCall(name, args, targets);
      const { env, redact } = givenBy(world);
      const say = (text: string): void => void world.out.write(redact(text));
      const object = (text: string): void => void world.err.write(redact(text));
      const path = named ?? valueOf(env, 'FILTERS') ?? FILTERS_PATH;
      const filters = filtersIn(path, world, object);
      if (filters === undefined) return 1;
      const text = redact(target.make(materialFor(target, filters, { path, account, env })));
      if (check === undefined) {
        say(text);
        return 0;
      }
      const { is, said } = checkFile(check, text, world.disk);
      say(is === 'different' ? `${said}Make it anew: ${again(name, args, check)}\n` : said);
      return is === 'same' ? 0 : 1;
    },
  };
}

interface Call {
  readonly target: Target;
  readonly account: string | undefined;
  readonly check: string | undefined;
  readonly filters: string | undefined;
}

function readCall(name: string, args: readonly string[], targets: Targets): Call {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [chosen = ''] = positionals;
  const target = Object.hasOwn(targets, chosen) ? targets[chosen] : undefined;
  if (positionals.length !== 1 || target === undefined)
    throw new BadCall(`${name} needs one of: ${Object.keys(targets).join(', ')}`);
  const { account, check, filters } = values;
  if (account !== undefined && target.account === undefined)
    throw new BadCall(`${name} ${chosen} names no account; leave --account out`);
  return { target, account, check, filters };
}

function helpFor(name: string, targets: Targets): string {
  const account = Object.values(targets).find((target) => target.account !== undefined)?.account;
  const option = account === undefined ? '' : '[--account <number>] ';
  const what = account === undefined ? '' : `  --account  number of the ${account.of} account (${account.env})\n`;
  return `sentry-monitor ${name} ${Object.keys(targets).join('|')} ${option}[--filters <path>] [--check <file>]

Makes it from the filters, the same each time, and writes it to stdout.

${what}  --filters  another file or folder than FILTERS
  --check    writes nothing: says whether the file is what the filters make, and what differs

Faults are said on stderr; stdout then stays empty.

Exit codes: 0 made, or up to date; 1 a fault in the filters, or the file differs; 2 bad call.
`;
}

/** Undefined when a file is at fault, and then it was said: half of the teams would be a dashboard that lies. */
function filtersIn(path: string, { disk }: World, object: (text: string) => void): readonly Filter[] | undefined {
  const { files, faults: unread } = readFilterFiles(path, disk);
  const { filters, faults } = loadFilters(files, unread);
  if (faults.length === 0) return filters;
  for (const { where, text } of faults) object(`fault    ${where}: ${text}\n`);
  object(`${faults.length} to mend, nothing was made\n`);
  return undefined;
}

/** The call that writes the file. */
function again(name: string, args: readonly string[], file: string): string {
  const others = args.filter((arg, index) => !arg.startsWith('--check') && args[index - 1] !== '--check');
  return ['sentry-monitor', name, ...others, '>', file].map(shellWord).join(' ');
}

function shellWord(text: string): string {
  return /^[\w./:=@>-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
