import type { Action, ActionKind } from '../../model/alerting/action.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';

/** What came of what somebody wanted; `fault`: why not, for people: what to do is in it. */
export type Done = { readonly action: Action } | { readonly fault: string };

export interface ActDeps {
  readonly outbox: Outbox;
  now(): number;
  uuid(): string;
}

/** Keeps it, so that everybody sees who did what. */
export async function keepDone(
  done: { readonly kind: ActionKind; readonly by: string; readonly target: string; readonly text: string },
  { outbox, now, uuid }: ActDeps,
): Promise<Done> {
  const action: Action = { id: uuid(), at: now(), ...done };
  await outbox.keepAction(action);
  return { action };
}
