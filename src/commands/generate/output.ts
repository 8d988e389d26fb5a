import { givenBy } from '../../app/assemble.ts';
import { filtersAt } from '../../app/vet.ts';
import type { World } from '../../app/world.ts';
import type { FilterSet } from '../../config/filters/load.ts';
import { filtersPath } from '../../config/settings.ts';
import { many } from '../../platform/numbers.ts';
import { BadCall, type Command } from '../command.ts';
import { readOptions } from '../read-options.ts';
import { checkFile } from './check-file.ts';
import { materialFor } from './material.ts';
import type { Made, Target } from './text/target.ts';

const OPTIONS_WITHOUT_ACCOUNT = {
  check: { type: 'string' },
  filters: { type: 'string' },
  part: { type: 'string' },
  sink: { type: 'string' },
} as const;
const OPTIONS = { ...OPTIONS_WITHOUT_ACCOUNT, account: { type: 'string' } } as const;

type Targets = Readonly<Record<string, Target>>;

/** A command that writes one of several texts to stdout, or with --check compares it with a file. */
export function generator(name: string, summary: string, targets: Targets): Command {
  return {
    summary,
    options: accountOf(targets) === undefined ? OPTIONS_WITHOUT_ACCOUNT : OPTIONS,
    help: helpFor(name, targets),
    async run(args, world) {
      const call = readCall(name, args, targets);
      const { env, redact } = givenBy(world);
      const say = (text: string): void => void world.out.write(redact(text));
      const object = (text: string): void => void world.err.write(redact(text));
      const path = call.filters ?? filtersPath(env);
      const set = filtersIn(path, world, object);
      if (set === undefined) return 1;
      const made = call.target.make(materialFor(call.target, set, { ...call, path, env }));
      const text = textOf(made, call.part, object);
      if (text === undefined) return 1;
      if (call.check === undefined) {
        say(text);
        return 0;
      }
      const { is, said } = checkFile(call.check, redact(text), world.disk);
      say(is === 'different' ? `${said}Make it anew: ${again(name, args, call.check)}\n` : said);
      return is === 'same' ? 0 : 1;
    },
  };
}

/** Undefined when there is no such text, and then it was said. */
function textOf(made: Made, part: number | undefined, object: (text: string) => void): string | undefined {
  if ('refused' in made) {
    object(`${made.refused}\nnothing was made\n`);
    return undefined;
  }
  const { texts, several = '' } = made;
  if (part !== undefined && part > texts.length)
    throw new BadCall(`there is no part ${part}: the filters make ${many(texts.length, 'file')}`);
  if (part !== undefined || texts.length === 1) return texts[(part ?? 1) - 1]!;
  object(
    `${texts.length} files are needed, because ${several}: ` +
      `make each with --part 1 to --part ${texts.length}\nnothing was made\n`,
  );
  return undefined;
}

interface Call {
  readonly target: Target;
  readonly account: string | undefined;
  readonly sink: string | undefined;
  readonly check: string | undefined;
  readonly filters: string | undefined;
  /** From 1. */
  readonly part: number | undefined;
}

function readCall(name: string, args: readonly string[], targets: Targets): Call {
  const { values, positionals } = readOptions(args, OPTIONS, true);
  const [chosen = ''] = positionals;
  const target = Object.hasOwn(targets, chosen) ? targets[chosen] : undefined;
  if (positionals.length !== 1 || target === undefined)
    throw new BadCall(`${name} needs one of: ${Object.keys(targets).join(', ')}`);
  const { account, check, filters, part, sink } = values;
  if (account !== undefined && target.account === undefined)
    throw new BadCall(`${name} ${chosen} names no account; leave --account out`);
  if (sink !== undefined && target.sink === undefined)
    throw new BadCall(`${name} ${chosen} is not about a sink; leave --sink out`);
  if (part !== undefined && !/^[1-9]\d{0,3}$/.test(part))
    throw new BadCall(`--part: ${JSON.stringify(part)} is not a whole number of at least 1`);
  return { target, account, sink, check, filters, part: part === undefined ? undefined : Number(part) };
}

function accountOf(targets: Targets): Target['account'] {
  return Object.values(targets).find((target) => target.account !== undefined)?.account;
}

function helpFor(name: string, targets: Targets): string {
  const account = accountOf(targets);
  const option = account === undefined ? '' : '[--account <number>]';
  const what = account === undefined ? '' : `  --account  number of the ${account.of} account (${account.env})\n`;
  const sink = Object.values(targets).some((target) => target.sink !== undefined);
  const which = sink ? '  --sink     one that a filters file sets up, not that of the environment\n' : '';
  const call = `${name} ${Object.keys(targets).join('|')} ${option}`;
  return `sentry-monitor ${call.trimEnd()}
               [--filters <path>] ${sink ? '[--sink <name>] ' : ''}[--part <n>] [--check <file>]

Makes it from the filters, the same each time, and writes it to stdout.

${what}${which}  --filters  another file or folder than FILTERS
  --part     which of several files, where the vendor does not take it as one
  --check    writes nothing: says whether the file is what the filters make,
             and what differs

Faults are said on stderr; stdout then stays empty.

Exit codes: 0 made, or up to date; 1 a fault in the filters, more than the
vendor takes, or the file differs; 2 bad call.
`;
}

/** Undefined when a file is at fault, and then it was said: half of the teams would be a dashboard that lies. */
function filtersIn(path: string, { disk }: World, object: (text: string) => void): FilterSet | undefined {
  const set = filtersAt(path, disk);
  const { faults } = set;
  if (faults.length === 0) return set;
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
