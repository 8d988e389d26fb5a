/** What arrived at the vendors. */
export interface ReceivedBody {
  readonly newrelic: {
    readonly events: readonly { readonly record: { readonly eventType: string; readonly type?: string } }[];
    readonly metrics: readonly object[];
    readonly droppedEvents: readonly object[];
  };
  readonly anodot: { readonly samples: readonly object[]; readonly refused: readonly object[] };
}

export function receivedTable({ newrelic, anodot }: ReceivedBody): string {
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
  ].join('\n');
}
