import assert from 'node:assert/strict';
import { until } from '../time/until.ts';
import { clone } from './clone.ts';
import { commandsIn, staysUp } from './commands.ts';
import { rewriter } from './rewrite.ts';
import { missingLine } from './said.ts';
import { createServers, type Servers } from './servers.ts';
import type { Step } from './steps.ts';
import { openTerminal, type Said, type Terminal } from './terminal.ts';

interface Stage {
  readonly terminal: Terminal;
  readonly servers: Servers;
  command(text: string): string;
  output(text: string): string;
  port(named: number): number;
}

/** Does what a page says, from above, in a clone of its own. Fails with the line of what is not as the page says. */
export async function runPage(page: string, steps: readonly Step[], now: number): Promise<void> {
  const home = clone();
  const words = await rewriter(home, now);
  const terminal = openTerminal(home, { PORT: String(words.port(3000)) });
  const servers = createServers();
  const stage = { ...words, terminal, servers };
  let heard: () => string = () => '';
  try {
    for (const step of steps) {
      if (step.kind === 'run') heard = await runBlock(step, `${page}:${step.line}`, stage);
      else await expectSaid(step.text, `${page}:${step.line}`, { heard, waitMs: servers.anyUp() ? 15_000 : 0 });
    }
  } finally {
    terminal.close();
    await servers.stop();
    home.remove();
  }
}

/** Gives back what the block's commands said, what still runs among them up to now. */
async function runBlock({ script, ends }: Step & { kind: 'run' }, where: string, stage: Stage): Promise<() => string> {
  const commands = commandsIn(script);
  const texts: (() => string)[] = [];
  for (const [index, command] of commands.entries()) {
    const { code, text } = await runCommand(stage.command(command), stage);
    texts.push(() => stage.output(text()));
    const wanted = index === commands.length - 1 ? ends : [0];
    assert.ok(
      wanted.includes(code),
      `${where}: ${command}\nends with ${code}, not ${wanted.join(' or ')}: ${cut(text())}`,
    );
  }
  return () => texts.map((text) => text()).join('\n');
}

interface Heard extends Pick<Said, 'code'> {
  text(): string;
}

async function runCommand(command: string, { terminal, servers, port }: Stage): Promise<Heard> {
  if (!staysUp(command)) {
    const { code, text } = await terminal.run(command);
    return { code, text: () => text };
  }
  const given = /(?:PORT=|--port )(\d+)/.exec(command)?.[1];
  const at = given === undefined ? port(3000) : Number(given);
  const { code = 0, said } = await servers.start(at, () => terminal.beside(command));
  return { code, text: said };
}

interface Hearing {
  heard(): string;
  readonly waitMs: number;
}

/** A server may need a moment to say it. */
async function expectSaid(wanted: string, where: string, { heard, waitMs }: Hearing): Promise<void> {
  await until('it is said', () => missingLine(wanted, heard()) === undefined, waitMs).catch(() => undefined);
  const missing = missingLine(wanted, heard());
  assert.equal(missing, undefined, `${where}: this line was not said: ${missing}\nbut:\n${cut(heard())}`);
}

/** Answers and logs are long, and their lines too. */
function cut(text: string): string {
  const lines = text.split('\n').map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line));
  return lines.slice(-30).join('\n');
}
