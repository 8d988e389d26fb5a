import type { Program } from '../../app/assemble.ts';
import { tryOver } from '../../app/by-hand/trial.ts';
import { ledgerFault } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import { LedgerRefused } from '../../core/model/errors.ts';
import type { Filter } from '../../core/model/filter.ts';
import { DAY_MS, type Window } from '../../core/model/window.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import { BadCall } from '../command.ts';
import { named } from '../named.ts';
import { leftOut } from '../or-faults.ts';
import { programBefore } from '../preview/against.ts';
import { chooseHistory, type History } from './history/choose.ts';
import { progressOf } from './progress.ts';
import { showTrial } from './show/index.ts';
import type { Tried } from './show/tried.ts';

export interface TrialCall {
  readonly program: Program;
  readonly span: Window;
  /** Of filters; empty: all that have rules. */
  readonly names: readonly string[];
  /** The files as they were; undefined: nothing is compared. */
  readonly against: string | undefined;
  readonly isMarkdown: boolean;
  readonly isJson: boolean;
}

/** Tries the rules, and shows what they tell. Gives back the exit code. */
export async function tryAll(call: TrialCall, world: World): Promise<number> {
  const { program, span, against } = call;
  const before = against === undefined ? undefined : programBefore(against, world);
  const sides = sidesOf(call, before);
  try {
    await program.ledger.open();
    const history = await read([...sides.now, ...sides.onlyBefore], call, world);
    if (history === undefined) {
      world.err.write('stopped before the past was read: nothing was tried\n');
      return 1;
    }
    const tell = (by: Program, filters: readonly Filter[]) => tryOver(by, filters, history.facts, span.start);
    const tried = await tell(program, sides.now);
    const old = before && (await tell(before, sides.before));
    const result: Tried = { span, history, filters: sides.now, messages: tried, before: old, was: sides.before };
    showTrial(result, { ...call, redact: program.redact }, world);
    return endWith(history, call, world);
  } catch (error) {
    throw error instanceof LedgerRefused ? ledgerFault(error, program) : error;
  } finally {
    await Promise.all([program.ledger.close(), before?.ledger.close()]);
  }
}

interface Sides {
  readonly now: readonly Filter[];
  readonly before: readonly Filter[];
  /** Filters that had rules, and have none now. */
  readonly onlyBefore: readonly Filter[];
}

function sidesOf({ program, names }: TrialCall, before: Program | undefined): Sides {
  const own = program.filters.filters;
  const old = before?.filters.filters ?? [];
  const all = [...own, ...old.filter(({ name }) => !own.some((it) => it.name === name))];
  const wanted = (named('filter', names, all) ?? all).map(({ name }) => name);
  const withRules = (some: readonly Filter[]): readonly Filter[] =>
    some.filter((filter) => wanted.includes(filter.name) && hasRules(filter));
  const [now, was] = [withRules(own), withRules(old)];
  if (now.length + was.length === 0)
    throw new BadCall('none of these filters has alerts that tell somebody; write some under alerts:, with tell:');
  return { now, before: was, onlyBefore: was.filter(({ name }) => !now.some((it) => it.name === name)) };
}

/** Undefined: somebody stopped it, so what was read is not all there is. */
async function read(
  filters: readonly Filter[],
  { program, span }: TrialCall,
  { err }: World,
): Promise<History | undefined> {
  const scope = program.openScope('rules', DAY_MS);
  const progress = progressOf(err, process.stderr.isTTY);
  try {
    const history = await chooseHistory(filters, span, program, { scope, onRead: progress.count });
    return scope.signal.aborted ? undefined : history;
  } finally {
    progress.end();
    scope.close();
  }
}

function endWith({ unread }: History, { program: { filters, redact } }: TrialCall, { err }: World): number {
  for (const [filter, error] of unread) err.write(redact(`not tried  ${filter}: ${error}\n`));
  err.write(redact(leftOut(filters.faults)));
  return unread.size + filters.faults.length > 0 ? 1 : 0;
}
