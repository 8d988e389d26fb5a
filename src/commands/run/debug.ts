import type { Program } from '../../app/assemble.ts';
import { debugAnswer } from '../../app/by-hand/debug-run.ts';
import type { World } from '../../app/world.ts';
import { type Window, windowAt, windowsOf } from '../../core/model/window.ts';
import { named } from '../named.ts';
import { orFaults } from '../or-faults.ts';
import { assembleToLook } from '../../app/by-hand/assemble-to-look.ts';
import { showSpan } from '../preview/show.ts';
import type { DebugArgs } from './args.ts';
import { settledSpan } from './span.ts';

/** What a run would send: for people on a terminal, else for machines, a line of JSON for each window. */
export async function debugRun(args: DebugArgs, world: World, isTerminal: boolean): Promise<number> {
  return orFaults(world.err, () => work(args, world, isTerminal), 'nothing was read');
}

async function work(args: DebugArgs, world: World, isTerminal: boolean): Promise<number> {
  const program = assembleToLook(world);
  const { settings, filters, sinks } = program;
  const now = world.now();
  const order: DebugOrder = {
    span: args.span === undefined ? windowAt(now, settings.settleMs) : settledSpan(args.span, settings.settleMs, now),
    windowGiven: args.span !== undefined,
    filters: named('--filter', args.filters, filters.filters) ?? filters.filters,
    sinks: named('--sink', args.sinks, sinks) ?? sinks,
  };
  if (isTerminal) return showSpan(order, program, world, { isMarkdown: false });
  return answerEach(order, program, world);
}

interface DebugOrder {
  readonly span: Window;
  readonly windowGiven: boolean;
  readonly filters: Program['filters']['filters'];
  readonly sinks: Program['sinks'];
}

async function answerEach(order: DebugOrder, program: Program, world: World): Promise<number> {
  const { span, windowGiven, filters, sinks } = order;
  const { end: lastEnd } = windowAt(world.now(), program.settings.settleMs);
  let isRead = program.filters.faults.length === 0;
  for (const window of windowsOf(span)) {
    if (world.shutdown.aborted) return 1;
    const names = sinks.map(({ name }) => name);
    const one = { window, windowGiven, filters, sinks: names, isLate: window.end < lastEnd };
    const answer = await debugAnswer(one, program, world);
    world.out.write(`${answer.json}\n`);
    isRead &&= answer.isRead;
  }
  return isRead ? 0 : 1;
}
