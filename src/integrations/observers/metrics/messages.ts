import type prom from 'prom-client';
import { SEVERITIES } from '../../../core/model/alerting/rule.ts';
import { type AlertTally, POST_OUTCOMES, type PostOutcome } from '../../../core/ports/alerting/tally.ts';

/** Whom the service tells, and how it stands with that. */
export interface People {
  /** Names of channels. */
  readonly channels: readonly string[];
  /** Null: it cannot be had, or nobody is told anything now. Never rejects. */
  tally(): Promise<AlertTally | null>;
}

/** What is counted of messages. */
export interface MessageNumbers {
  posted(channel: string, outcome: PostOutcome): void;
  /** Asks for what is not counted but looked at. */
  look(): Promise<void>;
}

/** Their series are there only where somebody is told something. */
export function messageNumbers(
  client: typeof prom,
  registry: prom.Registry,
  { channels, tally }: People,
): MessageNumbers {
  const { messages, firing, pending, oldest } = instruments(client, registry);
  for (const channel of channels) for (const outcome of POST_OUTCOMES) messages.inc({ channel, outcome }, 0);
  return {
    posted: (channel, outcome) => messages.inc({ channel, outcome }),
    async look() {
      const seen = await tally();
      for (const gauge of [firing, pending, oldest]) gauge.reset();
      if (seen === null) {
        // NOTE: a reset gauge without labels says 0, which would be a lie.
        for (const gauge of [pending, oldest]) gauge.remove();
        return;
      }
      for (const severity of SEVERITIES) firing.set({ severity }, seen.firing[severity]);
      pending.set(seen.pending);
      oldest.set((seen.waitedMs ?? 0) / 1000);
    },
  };
}

function instruments(client: typeof prom, registry: prom.Registry) {
  const registers = [registry];
  return {
    messages: new client.Counter({
      name: 'sentry_monitor_messages_total',
      help: 'Posts to a channel by what they came to, and messages that are posted no more.',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    firing: new client.Gauge({
      name: 'sentry_monitor_alerts_firing',
      help: 'Alerts that last now, by severity, of all servers.',
      labelNames: ['severity'],
      registers,
    }),
    pending: new client.Gauge({
      name: 'sentry_monitor_outbox_pending',
      help: 'Messages, and alerts in no message yet, that wait although nothing holds them back; of all servers.',
      registers,
    }),
    oldest: new client.Gauge({
      name: 'sentry_monitor_outbox_oldest_seconds',
      help: 'How long the oldest of these has waited; 0 where none waits.',
      registers,
    }),
  };
}
