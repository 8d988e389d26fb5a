import { type Condition, type Level, PATIENCE_S, WINDOW_S } from '../conditions/condition.ts';
import { cut } from '../words.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import { MOST } from './limits.ts';
import { queryFor, signOfLife } from './signals.ts';

/** A condition of New Relic as Terraform. `policy`: the name of its policy's resource. */
export function conditionBlock(condition: Condition, policy: string): HclBlock {
  const { key, signal, title, what, levels, blind, advice, runbook } = condition;
  const kind = kindOf(condition);
  const query = levels[0]?.test.is === 'missing' ? signOfLife(signal) : queryFor(signal);
  if (query === undefined) throw new Error(`New Relic is told nothing of ${key}`);
  const words = cut(plain(advice), MOST.advice);
  const attributes: Record<string, HclValue> = {
    policy_id: { ref: `newrelic_alert_policy.${policy}.id` },
    name: signal.of === 'runs' ? `sentry-monitor: ${title}` : title,
    ...(words === '' ? {} : { description: words }),
    ...(runbook === undefined ? {} : { runbook_url: runbook }),
    ...COLLECTED,
    ...kind.attributes,
  };
  const when = levels.flatMap((level) => (level.when === '' ? [] : `${WORDS[level.severity]}: ${level.when}.`));
  const unseen = [...blind, ...kind.blind];
  return {
    comment: [[what, ...when].join(' '), ...unseen.map((line) => `Cannot see: ${line}`)],
    type: 'resource',
    labels: ['newrelic_nrql_alert_condition', key],
    attributes,
    blocks: [{ type: 'nrql', attributes: { query } }, ...levels.map(term)],
  };
}

/**
 * Each window of five minutes has a timer, which begins anew with every record of it. A timer as long as the window is
 * New Relic's advice: with a shorter one a window is judged before the second server's record is there.
 */
const COLLECTED = {
  aggregation_window: WINDOW_S,
  aggregation_method: 'event_timer',
  aggregation_timer: WINDOW_S,
  violation_time_limit_seconds: 86_400,
} as const;

const WORDS: Readonly<Record<Level['severity'], string>> = { critical: 'Critical', warning: 'Warning' };

interface Kind {
  readonly attributes: Readonly<Record<string, HclValue>>;
  readonly blind: readonly string[];
}

/**
 * NOTE: an incident that reaches its time limit is closed although nothing came back, and only a new signal can be lost
 * again. Hence the longest limit there is.
 */
const LOSS: Kind = {
  attributes: {
    type: 'static',
    violation_time_limit_seconds: 30 * 86_400,
    expiration_duration: PATIENCE_S,
    open_violation_on_expiration: true,
    close_violations_on_expiration: false,
  },
  blind: ['anything until a first record has arrived: New Relic misses only a signal that it has seen.'],
};

/**
 * Runs are stamped when they end: one that takes two minutes lands among the next five, and its own five minutes stay
 * empty. NOTE: an empty window ends a duration, unless it is filled.
 */
const RUNS: Kind = {
  attributes: { type: 'static', fill_option: 'last_value' },
  blind: [
    'that no run came: the last one stands for it, for up to two hours; sentry-monitor: no run is there for that.',
    'a run that ends more than five minutes after the last one of the same five minutes.',
    'a run whose own record could not be sent, which is likely while New Relic is the sink that fails.',
  ],
};

const COUNTS: Kind = { attributes: { type: 'static' }, blind: [] };

const BASELINE: Kind = {
  attributes: { type: 'baseline', baseline_direction: 'upper_only' },
  blind: ['anything in the first days, while New Relic learns.'],
};

/** An issue that stops trending sends nothing more: the signal expires, and that closes it. */
const ENDING: Kind = {
  attributes: {
    type: 'static',
    expiration_duration: PATIENCE_S,
    open_violation_on_expiration: false,
    close_violations_on_expiration: true,
  },
  blind: [],
};

function kindOf({ signal, levels: [level] }: Condition): Kind {
  if (level?.test.is === 'missing')
    return { ...LOSS, attributes: { ...LOSS.attributes, expiration_duration: level.lasts } };
  if (level?.test.is === 'unusual') return BASELINE;
  if (signal.of === 'runs') return RUNS;
  return signal.what === 'count' || signal.what === 'users' ? COUNTS : ENDING;
}

function term({ severity, test, lasts }: Level): HclBlock {
  const [operator, threshold] = comparison(test);
  return {
    type: severity,
    attributes: {
      operator,
      threshold,
      threshold_duration: Math.max(lasts, WINDOW_S),
      threshold_occurrences: lasts === 0 ? 'at_least_once' : 'all',
    },
  };
}

/** Terraform demands a threshold; what is counted is never below one, so for `missing` this alone opens nothing. */
function comparison(test: Level['test']): readonly [operator: string, threshold: number] {
  if (test.is === 'missing') return ['below', 1];
  if (test.is === 'unusual') return ['above', test.deviations];
  return [test.is === 'at least' ? 'above_or_equals' : test.is, test.limit];
}

/** NOTE: New Relic fills in what stands between {{ and }} in a description. */
function plain(text: string): string {
  return text.replaceAll(/\{(?=\{)/g, '{ ');
}
