import { tellingKey } from '../../model/alerting/alert.ts';
import type { Filter } from '../../model/filter.ts';
import { PERIOD_MS } from '../../model/window.ts';
import { type AlertStore, type AlertTransaction, toldName } from '../../ports/alerting/alert-store.ts';
import { load } from '../decide/load.ts';
import { workingOf } from '../decide/memory.ts';
import { pastOf } from '../decide/past.ts';
import { beginning, factsSpan, readState, type Plan } from '../decide/plan.ts';
import { stepsOf } from '../decide/replay.ts';
import { readTold } from '../decide/told.ts';
import { isPaced, toldKey } from '../fold/once-turn.ts';
import { fold } from '../fold/fold.ts';
import type { Piece } from '../fold/piece.ts';
import { roundsOf } from '../fold/rounds.ts';
import { inForce } from '../fold/rules-in-force.ts';
import type { Working, Round } from '../fold/working.ts';
import type { Judgement } from '../judge/kind.ts';
import { KINDS, type Kinds } from '../judge/kinds.ts';
import type { Explained } from './answer.ts';
import { whyNot } from './reasons.ts';

/** A filter and the start of one of its windows, epoch ms. */
export interface Question {
  readonly filter: Filter;
  readonly at: number;
  /** Ids of issues, or the filter's name; absent: all that had events in the window or are remembered. */
  readonly subjects?: readonly string[] | undefined;
}

/**
 * What each rule decided by a window, of each subject, for each recipient: by the functions that decide it, over what
 * was kept. It is decided as it would be in the window's own run by what is known now.
 */
export async function explain(
  question: Question,
  { alerts, kinds = KINDS }: { readonly alerts: AlertStore; readonly kinds?: Kinds },
): Promise<readonly Explained[]> {
  return alerts.look(async (trx) => {
    const plan = await planFor(trx, question, kinds);
    const past = (await load(trx, [plan], kinds)).get(plan.filter)!;
    const { filter, steps } = plan;
    const rounds = roundsOf({ filter, steps, newest: null, kinds, pastOf: (step) => pastOf(step, past) });
    const rules = workingOf(plan);
    await readTold(trx, [{ rules, rounds, subjects: question.subjects ?? [] }]);
    for (const working of rules) asOf(working, rounds.at(-1)!, plan);
    const told = new Map(rounds[0]!.told);
    const { pieces } = fold({ filter, rules, rounds, gone: new Map(), frozen: new Map(), kinds });
    const last = { ...rounds.at(-1)!, told };
    const now = pieces.filter(({ window }) => window.start === question.at);
    return rules.filter(({ first }) => first !== null).flatMap((working) => linesOf(working, last, now, question));
  });
}

/** From the state that was kept before the window. */
async function planFor(
  trx: AlertTransaction,
  { filter: { name, alerts = [], frozen = [] }, at }: Question,
  kinds: Kinds,
): Promise<Plan> {
  const filter = name;
  const base = (await trx.statesBefore([{ filter, at }])).get(filter);
  const prior = (await trx.statesBefore([{ filter, at: Number.MAX_SAFE_INTEGER }])).get(filter);
  const before = readState(base);
  const newest = readState(prior) ?? before;
  const span = { first: beginning(at, base, newest), last: at, isReplay: true };
  const task = { filter, rules: alerts, head: null, frozen, isAged: false };
  const kept = (await trx.facts([{ filter, ...factsSpan(task, span, kinds) }])).get(filter) ?? [];
  const steps = stepsOf(span, [], kept, []).map((step) => ({ ...step, isFresh: step.window.start === at }));
  const since = Math.min(span.first, ...alerts.map(({ repeatMs }) => at - (repeatMs ?? 0)));
  const known = (await trx.alerts([{ filter, at: since }])).get(filter) ?? [];
  return {
    ...task,
    fresh: [],
    span,
    steps,
    base: before,
    prior: newest,
    force: inForce(newest, alerts, frozen),
    kept,
    known,
  };
}

/**
 * NOTE: of what is told again after a while only the last telling is remembered, which may be later than the window.
 * What it came to by then is in the alerts that were told.
 */
function asOf(working: Working, { step: { window }, told }: Round, { known }: Plan): void {
  const { rule, key } = working;
  if (!isPaced(rule)) return;
  for (const { alert, rule: identity, since } of known) {
    if ((identity !== rule.name && identity !== key) || alert.state !== 'told' || since > window.start) continue;
    for (const channel of rule.tell) {
      const name = toldName(toldKey(working, alert.subject.id, channel));
      const before = told.get(name) ?? -Infinity;
      told.set(name, before > window.end ? since + PERIOD_MS : Math.max(before, since + PERIOD_MS));
    }
  }
}

function linesOf(
  working: Working,
  round: Round,
  pieces: readonly Piece[],
  { subjects }: Question,
): readonly Explained[] {
  const { rule } = working;
  const own = pieces.filter((it) => it.rule === rule);
  const judged = round.judge(rule);
  const holding = new Map(judged.holding.map((it) => [it.subject.id, it]));
  const issues = [...round.moment.issues.keys(), ...holding.keys(), ...working.subjects.keys()];
  const all = rule.each === 'filter' ? [rule.filter] : issues;
  const ids = new Set([...all, ...own.map(({ judgement }) => judgement.subject.id), ...asked(rule.each, subjects)]);
  const wanted = subjects === undefined ? [...ids] : [...ids].filter((id) => subjects.includes(id));
  return wanted.flatMap((id) => {
    const judgement = holding.get(id) ?? judged.of(id);
    const news = own.filter((it) => it.judgement.subject.id === id);
    const told = news.flatMap(({ channels }) => channels);
    const recipients = new Set([...rule.tell, ...(rule.escalate?.tell ?? []), ...told]);
    return [...recipients].map((channel) => lineOf(working, round, judgement, { channel, news }));
  });
}

function asked(each: 'issue' | 'filter', subjects: readonly string[] = []): readonly string[] {
  return each === 'issue' ? subjects : [];
}

function lineOf(
  working: Working,
  round: Round,
  judgement: Judgement,
  { channel, news }: { readonly channel: string; readonly news: readonly Piece[] },
): Explained {
  const { rule } = working;
  const own = news.filter(({ channels }) => channels.includes(channel));
  const told = own[0];
  const reason =
    told === undefined
      ? whyNot(working, round, judgement, channel)
      : { decision: 'told' as const, why: told.judgement.why };
  const { value, limit } = told?.judgement ?? judgement;
  const keys = own.map((it) => tellingKey(it.episode.ref.id, it.news, it.sequence, channel));
  const { window } = round.step;
  return {
    filter: rule.filter,
    name: rule.name,
    rule: rule.sentence,
    subject: judgement.subject.id,
    window,
    recipient: channel,
    ...reason,
    value,
    limit,
    keys,
  };
}
