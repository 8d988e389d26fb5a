/** What arrived at the vendors. */
export interface ReceivedBody {
  readonly newrelic: {
    readonly events: readonly { readonly record: { readonly eventType: string; readonly type?: string } }[];
    readonly metrics: readonly object[];
    readonly droppedEvents: readonly object[];
  };
  readonly slack: Inbox;
  readonly mail: Inbox;
  readonly pagerduty: Inbox;
  readonly anodot: { readonly samples: readonly object[]; readonly refused: readonly object[] };
}

interface Inbox {
  readonly messages: readonly object[];
  readonly refused: readonly object[];
}

export function receivedTable({ newrelic, anodot, ...people }: ReceivedBody): string {
  const types = new Map<string, number>();
  for (const { record } of newrelic.events) {
    const name = record.type ?? record.eventType;
    types.set(name, (types.get(name) ?? 0) + 1);
  }
  const events = [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  return [
    `   New Relic  ${newrelic.events.length} events: ${events}`,
    `              ${newrelic.metrics.length} gauges; dropped: ${newrelic.droppedEvents.length}`,
    `   Anodot     ${anodot.samples.length} samples; refused: ${anodot.refused.length}`,
    `   People     ${toldIn(people)}`,
  ].join('\n');
}

const WAYS = { slack: 'Slack', mail: 'mail', pagerduty: 'PagerDuty' } as const;

function toldIn(people: Pick<ReceivedBody, keyof typeof WAYS>): string {
  const ways = Object.keys(WAYS) as (keyof typeof WAYS)[];
  const counts = ways.map((way) => `${people[way].messages.length} by ${WAYS[way]}`);
  const refused = ways.reduce((sum, way) => sum + people[way].refused.length, 0);
  return `${counts.join(', ')}; refused: ${refused}`;
}
