import type { Filter } from '../../../../core/model/filter.ts';
import { comment } from '../words.ts';
import { type Condition, filterConditions, runConditions } from './conditions.ts';
import { hcl, type HclBlock, type HclValue } from './hcl.ts';

const POLICY = 'sentry_monitor';

/** Terraform for alerts: those on the runs, and what each filter's `alert:` asks for. `notes`: lines for its top. */
export function newrelicAlerts(filters: readonly Filter[], notes: readonly string[]): string {
  const head = [
    'Made by sentry-monitor from its filters file; make it anew instead of changing it.',
    ...notes,
    '',
    'For all conditions: windows are five minutes, named by their start. ' +
      'New Relic judges a window once, about a minute after the',
    'last record of it arrived. Counts that arrive later (an outage made up for) ' +
      'and corrections (events that came late, counted',
    'again) repair the charts and alarm nobody. A window that two servers send is one window to them: ' +
      'counts are read with max.',
    'Who is told is up to you: add a workflow with a destination for this policy.',
  ];
  const conditions = [...runConditions(), ...filters.flatMap(filterConditions)].map(resource);
  return [comment(head), hcl(PROVIDER), hcl(policy()), ...conditions.map((block) => hcl(block))].join('\n');
}

const PROVIDER: HclBlock = {
  type: 'terraform',
  blocks: [{ type: 'required_providers', attributes: { newrelic: { ref: '{ source = "newrelic/newrelic" }' } } }],
};

function policy(): HclBlock {
  return { type: 'resource', labels: ['newrelic_alert_policy', POLICY], attributes: { name: 'sentry-monitor' } };
}

function resource({ key, name, what, blind, attributes, query, terms, description, runbook }: Condition): HclBlock {
  const all: Record<string, HclValue> = {
    policy_id: { ref: `newrelic_alert_policy.${POLICY}.id` },
    name,
    ...(description === '' ? {} : { description }),
    ...(runbook === undefined ? {} : { runbook_url: runbook }),
    ...SIGNAL,
    ...attributes,
  };
  const blocks: HclBlock[] = [{ type: 'nrql', attributes: { query } }];
  for (const { severity, operator, threshold, seconds, occurrences } of terms) {
    blocks.push({
      type: severity,
      attributes: { operator, threshold, threshold_duration: seconds, threshold_occurrences: occurrences },
    });
  }
  return {
    comment: [what, ...blind.map((line) => `Cannot see: ${line}`)],
    type: 'resource',
    labels: ['newrelic_nrql_alert_condition', key],
    attributes: all,
    blocks,
  };
}

/** Windows as we send them; the timer begins anew with every record that arrives. */
const SIGNAL = {
  aggregation_window: 300,
  aggregation_method: 'event_timer',
  aggregation_timer: 60,
  violation_time_limit_seconds: 86_400,
} as const;
