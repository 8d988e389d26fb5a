import { type Condition, isState, type Rule, type Severity } from '../../core/model/alerting/rule.ts';
import { DAY_MS, HOUR_MS } from '../../core/model/window.ts';
import type { Filled } from '../filters/shape.ts';
import { type Entry, optionsOf } from './entry.ts';
import { afterOf } from './maps/after.ts';
import { escalationOf } from './maps/escalate.ts';
import { exceptOf } from './maps/except.ts';
import { type Asked, fitsTo, usualEach } from './fits.ts';
import { repeatOf, type SHARED } from './options.ts';
import { readQuiet } from './quiet.ts';
import { readSentence } from './sentence.ts';

/** What a filter says for all of its alerts. */
export type Inherited = Filled<typeof SHARED>;

/** Where an alert stands. */
export interface RulePlace {
  readonly filter: string;
  /** `config/filters/crm.yaml:12`; '' where it comes from no file. */
  readonly where: string;
  /** Names of channels that wake people. */
  readonly pagers: ReadonlySet<string>;
}

const USUAL_REPEAT_MS = 4 * HOUR_MS;

/** An alert without faults, with all that it does not say itself. `tell` may be empty: nobody is told. */
export function compileRule(entry: Entry, inherited: Inherited, { filter, where, pagers }: RulePlace): Rule {
  const own = optionsOf(entry);
  const sentence = own.when ?? '';
  const read = readSentence(sentence);
  if ('fault' in read) throw new Error(read.fault);
  const { condition, normal } = read;
  const each = (own.each as Asked['each'] | undefined) ?? usualEach(condition);
  const inheritedHere = Object.entries(inherited).filter(([option]) => fitsTo(option, { condition, each }));
  const all: Inherited = { ...Object.fromEntries(inheritedHere), ...written(own) };
  const tell = [...new Set([all.tell ?? []].flat())];
  const after = afterOf(own.after);
  const escalate = all.escalate === undefined ? undefined : escalationOf(all.escalate, tell);
  return {
    filter,
    name: own.name ?? normal,
    sentence,
    condition,
    each,
    tell,
    hold: all.hold ?? 1,
    clear: all.clear ?? 3,
    min: all.min ?? 0,
    repeatMs: repeatIn(all, condition),
    ...(own.repeat === undefined ? {} : { isRepeatItsOwn: true }),
    ...(escalate === undefined ? {} : { escalate }),
    ...(after === undefined ? {} : { after }),
    resolved: all.resolved ?? isState(condition),
    quiet: quietOf(all.quiet),
    severity:
      (all.severity as Severity | undefined) ??
      ([...tell, ...(escalate?.tell ?? [])].some((name) => pagers.has(name)) ? 'critical' : 'warning'),
    except: exceptOf(all.except ?? {}),
    cases: own.cases ?? [],
    where,
  };
}

function written(own: ReturnType<typeof optionsOf>): Inherited {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** Sentences that are told once have no repeat; `any` and `title has` are told in every window, `unticketed` daily. */
function repeatIn({ repeat }: Inherited, condition: Condition): number | null {
  if (repeat !== undefined) return repeatOf(repeat);
  if (isState(condition)) return USUAL_REPEAT_MS;
  if (condition.kind === 'unticketed') return DAY_MS;
  return condition.kind === 'any' || condition.kind === 'title' ? 0 : null;
}

/** Of a text that was read before; null: there is none. */
export function quietOf(text: string | undefined): Rule['quiet'] {
  const read = text === undefined ? undefined : readQuiet(text);
  return read !== undefined && 'quiet' in read ? read.quiet : null;
}
