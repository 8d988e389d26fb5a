import { createCrash } from './app/crash.ts';
import { redactorForCrash } from './app/words/redactor-for-crash.ts';
import { realWorld } from './app/real-world.ts';
import { callsIn, helpAs, programIn } from './commands/called.ts';
import type { Command } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { nearestOf } from './platform/nearest.ts';
import { sourceLines } from './platform/source-lines.ts';

const HELP = ['--help', '-h'];
const VERSION = ['version', '--version', '-v', '-V'];
const shutdown = new AbortController();
const world = realWorld(shutdown.signal);
const named = sourceLines(import.meta.dirname, world.disk);
const crash = createCrash({
  say: (words) => void process.stderr.write(`sentry-monitor broke:\n${named(hide(words))}\n`),
  out: process.stderr,
  abort: () => shutdown.abort(),
  sleep: world.sleep,
  exit: (code) => process.exit(code),
});
process.setUncaughtExceptionCaptureCallback(crash);
process.on('unhandledRejection', crash);
for (const stream of [process.stdout, process.stderr]) stream.on('error', noReader);
process.exitCode = await main(process.argv.slice(2));

/** Who read our output has gone (`| head`): nothing is to be said any more, and the command ends as by a signal. */
function noReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  shutdown.abort();
}

/** Exit codes: the command's own; 2 for a call that cannot be understood. */
async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (VERSION.includes(name)) return say(`sentry-monitor ${world.version}\n`);
  if (name === 'help' && args.length > 0) return main([...args, '--help']);
  if (name === 'help' || HELP.includes(name)) return usage();
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) return usage(unknown(name));
  const command = await load();
  const help = helpAs(command.help, world);
  if (args.some((arg) => HELP.includes(arg))) return say(help);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => shutdown.abort());
  try {
    return await command.run(args, world);
  } catch (error) {
    if ((error as { code?: unknown }).code?.toString().startsWith('ERR_PARSE_ARGS') === true)
      return say(`${callsIn(help)}\n--help says more\n`, (error as Error).message);
    throw error;
  }
}

function unknown(name: string): string {
  const nearest = nearestOf(name, Object.keys(commands));
  return `unknown command ${JSON.stringify(name)}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

/** `fault`: what was wrong with the call. */
function say(text: string, fault?: string): number {
  if (fault === undefined) process.stdout.write(text);
  else process.stderr.write(`${fault}\n\n${text}`);
  return fault === undefined ? 0 : 2;
}

/** NOTE: reads the files of secrets, but no pipe: the command has emptied it. */
function hide(words: string): string {
  const { env, disk } = world;
  const files = {
    ...disk,
    readFileSync: (path: string) => (disk.statSync(path).isFile() ? disk.readFileSync(path) : Buffer.from('')),
  };
  return redactorForCrash({ env, disk: files })(words);
}

async function usage(fault?: string): Promise<number> {
  const all = await Promise.all(
    Object.entries(commands).map(async ([name, load]): Promise<[string, Command]> => [name, await load()]),
  );
  const lines = all.map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}\n`).join('');
  return say(
    `${programIn(world)} <command>\n\n${lines}\n<command> --help says more; --version says which this is\n`,
    fault,
  );
}
