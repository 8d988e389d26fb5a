import type { Condition } from '../conditions/condition.ts';
import { comment } from '../words.ts';
import { conditionBlock } from './condition.ts';
import { hcl, type HclBlock } from './hcl.ts';
import { judged, policiesOf } from './policies.ts';

/** Terraform for the conditions that New Relic can judge. `notes`: lines for its top. */
export function newrelicAlerts(conditions: readonly Condition[], notes: readonly string[]): string {
  const policies = policiesOf(conditions).map((own, index) => ({ ...policyNamed(index), own }));
  const blocks = [
    ...policies.map(({ block }) => block),
    ...policies.map(({ output }) => output),
    ...policies.flatMap(({ name, own }) => own.map((condition) => conditionBlock(condition, name))),
  ];
  return [
    comment([...HEAD, ...notes, '', ...leftOut(conditions), ...BELOW]),
    hcl(TERRAFORM),
    ...blocks.map((block) => hcl(block)),
  ].join('\n');
}

const HEAD = ['Made by sentry-monitor from its filters file; make it anew instead of changing it.'];

const BELOW = [
  'A folder or a module of its own: it says itself which provider it needs, and a folder may say that once.',
  'The provider needs NEW_RELIC_ACCOUNT_ID, NEW_RELIC_API_KEY (a user key) and, outside the US, NEW_RELIC_REGION.',
  'Who is told is up to you: add a workflow with a destination for the policy, which is the output policy_id.',
  '',
  'For all conditions: windows are five minutes, named by their start. New Relic judges a window once, when for five',
  'minutes no further record of it has arrived. Counts that arrive later (an outage made up for) and corrections',
  '(events that came late, counted again) repair the charts and alarm nobody. A window that two servers send is one',
  'window to them: counts are read with max.',
];

function leftOut(conditions: readonly Condition[]): readonly string[] {
  const known = judged(conditions);
  const others = conditions.filter((condition) => !known.includes(condition));
  const untold = others.filter(({ onlyHere }) => onlyHere === undefined).map(({ title }) => title);
  return [
    ...(untold.length === 0
      ? []
      : [`Not here, because no record that New Relic is sent tells it: ${untold.join(', ')}.`]),
    ...others.flatMap(({ title, onlyHere }) => (onlyHere === undefined ? [] : `Not here: ${title}: ${onlyHere}.`)),
  ];
}

const TERRAFORM: HclBlock = {
  type: 'terraform',
  attributes: { required_version: '>= 1.0' },
  blocks: [
    {
      type: 'required_providers',
      attributes: { newrelic: { ref: '{\n      source  = "newrelic/newrelic"\n      version = "~> 3.0"\n    }' } },
    },
  ],
};

/** The first has no number: it stays what it is when another one is needed. */
function policyNamed(index: number): { readonly name: string; readonly block: HclBlock; readonly output: HclBlock } {
  const number = index === 0 ? '' : String(index + 1);
  const name = number === '' ? 'sentry_monitor' : `sentry_monitor_${number}`;
  const title = number === '' ? 'sentry-monitor' : `sentry-monitor ${number}`;
  return {
    name,
    block: { type: 'resource', labels: ['newrelic_alert_policy', name], attributes: { name: title } },
    output: {
      type: 'output',
      labels: [number === '' ? 'policy_id' : `policy_id_${number}`],
      attributes: {
        description: `Id of the policy ${title}, for a workflow.`,
        value: { ref: `newrelic_alert_policy.${name}.id` },
      },
    },
  };
}
