import type { Severity } from '../../model/alerting/rule.ts';

/** Counts of alerts and messages, for those who watch the service. Of all servers. */
export interface AlertTally {
  /** Alerts that last, by severity. */
  readonly firing: Readonly<Record<Severity, number>>;
  /** What waits to be sent although nothing holds it back: alerts that are in no message yet, and messages. */
  readonly pending: number;
  /** How long the oldest of these has waited, ms; null: nothing waits. */
  readonly waitedMs: number | null;
  /** Channels that reach nobody, such as no file has any more included. */
  readonly unheard: readonly string[];
}

/** What a post came to, or a message that is posted no more. */
export const POST_OUTCOMES = ['sent', 'retry', 'uncertain', 'refused', 'given_up'] as const;
export type PostOutcome = (typeof POST_OUTCOMES)[number];

/** Those after which a message will not arrive, or nobody knows whether it did. */
export const LOST: readonly PostOutcome[] = ['uncertain', 'refused', 'given_up'];

/** Hears what posts came to. */
export interface MessageWatch {
  posted(channel: string, outcome: PostOutcome): void;
}
