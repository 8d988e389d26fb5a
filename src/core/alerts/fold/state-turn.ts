import { alertId, toldSince } from '../../model/alerting/alert.ts';
import type { WindowFacts } from '../../model/alerting/facts.ts';
import { type Limits, limitsOf } from '../../model/alerting/limits.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type { KeptAlert } from '../../ports/alerting/alert-store.ts';
import type { Judgement } from '../judge/kind.ts';
import { advance, type Known, type Turn, type TurnNews } from './advance.ts';
import { NEVER } from './state.ts';
import { countedLate } from './texts.ts';
import { channelsFor, escalationFor, type Outcome, type Round, type Working } from './working.ts';

/** One window further with a rule that has a begin and an end. */
export function stateTurn(working: Working, round: Round, endsWhen: string | null): Outcome {
  const { rule, subjects } = working;
  const { window } = round.step;
  const judged = round.judge(rule);
  const holding = new Map(judged.holding.map((it) => [it.subject.id, it]));
  const limits = limitsOf(rule);
  const begun = knownIn(working, window.start, limits, 'begun');
  const ended = knownIn(working, window.start, limits, 'ended');
  const common = {
    window,
    limits,
    repeatMs: rule.repeatMs,
    isEndTold: rule.resolved,
    channels: channelsFor(working, round),
    escalation: escalationFor(working, round),
    isDisprovable: rule.condition.kind === 'incomplete',
  };
  const told = [...new Set([...holding.keys(), ...subjects.keys(), ...begun.keys()])].flatMap((id) => {
    const judgement = holding.get(id) ?? judged.of(id);
    const turn: Turn = {
      ...common,
      idOf: (since) => alertId(rule, id, round.iso(since)),
      begun: begun.get(id) ?? null,
      ended: ended.get(id) ?? null,
    };
    const next = advance(subjects.get(id) ?? NEVER, judgement, turn);
    subjects.set(id, next.state);
    return [...recounted(next.told, working, round, judgement), ...takenBack(turn, working, round, judgement)];
  });
  const pieces = told.map((it) => ({ ...it, rule, window, endsWhen, summary: null }));
  return { pieces, told: [], faults: judged.faults, unjudged: [] };
}

/** Episodes that people know, which began, or ended, in this window. */
function knownIn(
  { known }: Working,
  start: number,
  { hold }: Limits,
  what: 'begun' | 'ended',
): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  const isIt = ({ alert: { id }, until }: KeptAlert): boolean =>
    what === 'ended' ? until === start : toldSince(id) + (hold - 1) * PERIOD_MS === start;
  for (const [subject, all] of known)
    for (const it of all) {
      const { id, subject: about } = it.alert;
      if (isIt(it)) found.set(subject, { id, since: toldSince(id), subject: about });
    }
  return found;
}

/** What begins by a window that was counted again says what it was at first. */
function recounted(told: readonly TurnNews[], working: Working, round: Round, now: Judgement): readonly TurnNews[] {
  return told.map((it) => {
    const first = it.news === 'firing' ? firstOf(working, round, now) : null;
    if (first?.holds !== false) return it;
    const why = `${it.judgement.why}; ${countedLate(first.value!, now.value!)}`;
    return { ...it, judgement: { ...it.judgement, why } };
  });
}

/** What began by a window that is below the limit now that it was counted again: people learn it, and it lasts. */
function takenBack(turn: Turn, working: Working, round: Round, now: Judgement): readonly TurnNews[] {
  if (turn.begun === null || now.holds !== false) return [];
  const first = firstOf(working, round, now);
  const episode = working.subjects.get(now.subject.id)?.episode ?? null;
  if (first === null || episode === null) return [];
  const why = `${now.why}; ${countedLate(first.value!, now.value!)}`;
  const judgement = { ...now, subject: episode.subject, why };
  const sequence = round.step.facts?.revision ?? 0;
  return [{ news: 'changed', episode, judgement, channels: episode.told, sequence }];
}

/** How the window was judged as it was counted before, where that was another number. */
function firstOf({ rule }: Working, round: Round, now: Judgement): Judgement | null {
  const before: WindowFacts | null = round.step.before;
  if (!round.step.isFresh || before === null || now.value === null) return null;
  const first = round.judge(rule, before).of(now.subject.id);
  return first.value === null || first.value === now.value ? null : first;
}
