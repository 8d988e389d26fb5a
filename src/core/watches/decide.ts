import { type Alert, alertId, type Telling, tellingKey } from '../model/alerting/alert.ts';
import type { JsonObject } from '../model/item.ts';
import type { WatchPlan, WatchRule } from '../model/watches/watch-plan.ts';
import { isoOf, PERIOD_MS } from '../model/window.ts';
import type { KeptAlert } from '../ports/alerting/alert-store.ts';
import { FRESH, type Look, type RuleState, stepRule, type WatchNews } from './rule-state.ts';
import { endOf, whyOf } from './words.ts';

/** A rule with what it has come to; of what lasts also what was told of it, and to whom. Plain data. */
export interface RuleMemory {
  /** Of its condition: one of another kind is another rule, whatever its name. */
  readonly kind: WatchRule['condition']['kind'];
  readonly state: RuleState;
  readonly lasting: { readonly alert: Alert; readonly tell: readonly string[] } | null;
}
/** By name of the rule. */
export type RuleMemories = Readonly<Record<string, RuleMemory>>;

export interface DecidedWatch {
  readonly memories: RuleMemories;
  readonly alerts: readonly KeptAlert[];
  readonly tellings: readonly Telling[];
}

export function memoriesIn(state: JsonObject): RuleMemories {
  return (state['rules'] ?? {}) as unknown as RuleMemories;
}

/** What the rules of a watch say of a look, and what ends because its rule is not there any more. Pure. */
export function decideWatch(
  plan: Pick<WatchPlan, 'name' | 'rules'>,
  before: RuleMemories,
  look: Look,
  page: string | null,
): DecidedWatch {
  const ofRule = ({ name, condition }: WatchRule): RuleMemory | undefined =>
    before[name]?.kind === condition.kind ? before[name] : undefined;
  const steps = plan.rules.map((rule) => stepped(plan.name, rule, { before: ofRule(rule), look, page }));
  const left = new Set(plan.rules.filter((rule) => ofRule(rule) !== undefined).map(({ name }) => name));
  const gone = Object.entries(before).filter(([name]) => !left.has(name));
  const all = [...steps, ...gone.map(([name, { lasting }]) => ended(name, lasting, look.at))];
  return {
    memories: Object.fromEntries(steps.map(({ name, memory }) => [name, memory])),
    alerts: all.flatMap(({ kept }) => kept ?? []),
    tellings: all.flatMap(({ tellings }) => tellings),
  };
}

/** What lasts of a watch that is not there any more is over. */
export function endWatch(memories: RuleMemories, at: number): DecidedWatch {
  const all = Object.entries(memories).map(([name, { lasting }]) => ended(name, lasting, at));
  return { memories: {}, alerts: all.flatMap(({ kept }) => kept ?? []), tellings: all.flatMap((it) => it.tellings) };
}

interface Around {
  readonly before: RuleMemory | undefined;
  readonly look: Look;
  readonly page: string | null;
}

interface Step {
  readonly name: string;
  readonly memory: RuleMemory;
  readonly kept: KeptAlert | null;
  readonly tellings: readonly Telling[];
}

function stepped(watch: string, rule: WatchRule, { before, look, page }: Around): Step {
  const { state, news, since } = stepRule(rule, before?.state ?? FRESH, look);
  const { name } = rule;
  const { kind } = rule.condition;
  const lasting = state.since === null ? null : (before?.lasting ?? null);
  if (news === null || since === null) return { name, memory: { kind, state, lasting }, kept: null, tellings: [] };
  const alert = alertOf(watch, rule, { news, since, look, page });
  const isSilent = rule.tell.length === 0 || (news === 'resolved' && !rule.resolved);
  return {
    name,
    memory: { kind, state, lasting: state.since === null ? null : { alert, tell: rule.tell } },
    kept: { alert, rule: name, since, until: alert.state === 'firing' ? null : windowOf(look.at) },
    tellings: isSilent ? [] : tellingsOf(alert, name, { news, count: state.count, tell: rule.tell, at: look.at }),
  };
}

const STATES = { firing: 'firing', repeat: 'firing', resolved: 'resolved', told: 'told' } as const;

function alertOf(
  watch: string,
  rule: WatchRule,
  { news, since, look, page }: { news: WatchNews; since: number; look: Look; page: string | null },
): Alert {
  const { condition } = rule;
  return {
    id: alertId({ filter: watch, name: rule.name }, watch, isoOf(since)),
    state: STATES[news],
    severity: rule.severity,
    filter: watch,
    team: null,
    rule: rule.sentence,
    subject: { kind: 'part', id: watch, title: `watch ${watch}`, ...(page === null ? {} : { url: page }) },
    since: isoOf(since),
    window: spanOf(look.at),
    value: typeof look.value === 'number' ? look.value : null,
    limit: condition.kind === 'above' || condition.kind === 'below' ? condition.limit : null,
    expected: null,
    atLeast: false,
    late: false,
    why: whyOf(rule, news, look),
    endsWhen: STATES[news] === 'firing' ? endOf(rule) : null,
    runbook: null,
    page,
  };
}

function ended(name: string, lasting: RuleMemory['lasting'], at: number): Omit<Step, 'memory'> {
  if (lasting === null) return { name, kept: null, tellings: [] };
  const { alert: last, tell } = lasting;
  const why = 'the rule was changed or removed';
  const alert: Alert = { ...last, state: 'resolved', window: spanOf(at), why, endsWhen: null };
  return {
    name,
    kept: { alert, rule: name, since: Date.parse(last.since), until: windowOf(at) },
    tellings: tellingsOf(alert, name, { news: 'resolved', count: 0, tell, at }),
  };
}

interface Told {
  readonly news: WatchNews;
  readonly count: number;
  readonly tell: readonly string[];
  readonly at: number;
}

function tellingsOf(alert: Alert, rule: string, { news, count, tell, at }: Told): readonly Telling[] {
  const told = { news, alert, rule, window: windowOf(at), decidedAt: at, summary: null };
  return tell.map((channel) => ({ key: tellingKey(alert.id, news, count, channel), channel, ...told }));
}

function windowOf(at: number): number {
  return Math.floor(at / PERIOD_MS) * PERIOD_MS;
}

function spanOf(at: number): Alert['window'] {
  return { start: isoOf(windowOf(at)), end: isoOf(windowOf(at) + PERIOD_MS) };
}
