import type { SeenAlert } from '../../model/alerting/seen.ts';
import type { Order } from '../order.ts';
import type { Scope } from '../scope.ts';

/** A run of which alerts are asked. */
export interface AskedRun {
  readonly order: Order;
  readonly runId: string;
  /** Epoch ms. */
  readonly began: number;
}

/** What a run does for people. */
export interface Messenger {
  /** Brings what is due to its channels, within the scope. Never rejects: what did not fit or failed stays pending. */
  send(scope: Scope): Promise<void>;
  /**
   * What the run's own window says, and what the run decided of others; undefined: none of its filters has rules.
   * Never rejects.
   */
  alertsOf(run: AskedRun): Promise<readonly SeenAlert[] | undefined>;
}
