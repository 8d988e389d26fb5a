import type { ActionKind } from '../../model/alerting/action.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';

/** What came of what somebody wanted; `fault`: why not, for people: what to do is in it. */
export type Done = { readonly target: string } | { readonly fault: string };

interface KeepDeps {
  readonly outbox: Pick<Outbox, 'keepAction'>;
  now(): number;
  uuid(): string;
}

export interface ActDeps extends KeepDeps {
  readonly outbox: Outbox;
}

/** Keeps it, so that everybody sees who did what. */
export async function keepDone(
  done: { readonly kind: ActionKind; readonly by: string; readonly target: string; readonly text: string },
  { outbox, now, uuid }: KeepDeps,
): Promise<{ readonly target: string }> {
  await outbox.keepAction({ id: uuid(), at: now(), ...done });
  return done;
}
