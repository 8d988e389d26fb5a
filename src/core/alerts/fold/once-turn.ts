import { alertId } from '../../model/alerting/alert.ts';
import type { Rule } from '../../model/alerting/rule.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../model/window.ts';
import { type Told, type ToldKey, toldName } from '../../ports/alerting/alert-store.ts';
import type { Judgement } from '../judge/kind.ts';
import type { Piece } from './piece.ts';
import { together } from './texts.ts';
import { channelsFor, type Outcome, type Round, type Working } from './working.ts';

/** A first evaluation that would tell of more than so many tells one summary. */
const MOST_AT_FIRST = 10;
const SUMMED_UP: ReadonlySet<string> = new Set(['top', 'any', 'new']);

/** One window with a rule that is told once, or in every window. */
export function onceTurn(working: Working, round: Round): Outcome {
  const { rule } = working;
  const { isFresh, window } = round.step;
  if (!isFresh || isTooYoung(working, window)) return { pieces: [], told: [], faults: [], unjudged: [] };
  const { holding, faults } = round.judge(rule);
  const all = holding
    .map((judgement) => tellOnce(judgement, window, working, round))
    .filter(({ pieces }) => pieces.length > 0);
  const isMuch = all.length > MOST_AT_FIRST && isSummedUp(working, window);
  const summary = isMuch ? together(rule, all.length, window) : null;
  return {
    pieces: all.flatMap(({ pieces }) => pieces.map((it) => ({ ...it, summary }))),
    told: all.flatMap(({ told }) => told),
    faults,
    unjudged: [],
  };
}

/** What is told daily is summed up on any day. */
function isSummedUp({ rule: { condition }, first }: Working, { start }: Window): boolean {
  return condition.kind === 'unticketed' || (start === first && SUMMED_UP.has(condition.kind));
}

/** What has tickets is being learned for a day. */
function isTooYoung({ rule, first }: Working, { start }: Window): boolean {
  return rule.condition.kind === 'unticketed' && first !== null && start - first < DAY_MS;
}

/** Of one issue, to those to whom it is news. */
export function tellOnce(
  judgement: Judgement,
  window: Window,
  working: Working,
  round: Round,
): Pick<Outcome, 'pieces' | 'told'> {
  const { rule } = working;
  const subject = judgement.subject.id;
  const keys = channelsFor(working, round).map((channel) => toldKey(working, subject, channel));
  const news = keys.filter((key) => isNews(rule, window, round.told.get(toldName(key))));
  if (news.length === 0) return { pieces: [], told: [] };
  const piece: Piece = {
    news: 'told',
    rule,
    window,
    episode: { ref: { id: alertId(rule, subject, round.iso(window.start)) }, since: window.start },
    judgement,
    channels: news.map(({ channel }) => channel),
    sequence: 0,
    endsWhen: null,
    summary: null,
  };
  const told: readonly Told[] = isRemembered(rule) ? news.map((key) => ({ ...key, at: window.end })) : [];
  return { pieces: [piece], told };
}

/** Whether it must be remembered who was told: not where each window is told, which the alert's own id keeps apart. */
export function isRemembered({ condition: { kind }, repeatMs }: Rule): boolean {
  if (kind === 'regressed') return false;
  return kind === 'new' || kind === 'top' || repeatMs === null || repeatMs > PERIOD_MS;
}

/** Under which it is remembered that a channel was told of a subject. */
export function toldKey({ rule, key }: Pick<Working, 'rule' | 'key'>, subject: string, channel: string): ToldKey {
  return { filter: rule.filter, rule: key, subject, channel };
}

/** NOTE: what was told by this very window is told again, under the same key: so deciding again changes nothing. */
function isNews(rule: Rule, { end }: Window, at: number | undefined): boolean {
  if (!isRemembered(rule) || at === undefined || at === end) return true;
  return isPaced(rule) && at + rule.repeatMs! <= end;
}

/** Whether an issue is told again, after a while. */
export function isPaced({ condition: { kind }, repeatMs }: Rule): boolean {
  return (kind === 'any' || kind === 'title' || kind === 'unticketed') && repeatMs !== null;
}
