import { HOUR_MS } from '../../../../core/model/window.ts';
import type { Asked, IntakeStore } from '../../../../core/ports/events/intake.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { parseJson } from '../../../../platform/http/json.ts';
import type { Envelope } from '../../../vendors/aws/sns/envelope.ts';
import type { Receiver } from '../../../vendors/aws/sns/receive.ts';
import { askedFor } from './asked.ts';

/** Longer than an envelope is believed. */
const KNOWN_MS = 2 * HOUR_MS;

export interface SignedAsk {
  readonly receiver: Receiver;
  readonly place: { readonly bucket: string; readonly prefix: string };
  /** Of the intake. */
  readonly name: string;
  readonly store: Pick<IntakeStore, 'objects'>;
  readonly scope: Scope;
}

/** What an envelope of SNS asks for; each of them once. */
export async function askSigned(body: Readonly<Record<string, unknown>>, ask: SignedAsk): Promise<Asked> {
  const received = await ask.receiver.receive(body, ask.scope);
  if (!('envelope' in received)) return received;
  const { envelope } = received;
  switch (envelope.kind) {
    case 'Notification':
      return askBy(envelope, ask);
    case 'SubscriptionConfirmation':
      return confirm(envelope, ask);
    case 'UnsubscribeConfirmation':
      if (await note(envelope, [], ask))
        ask.scope.log.warn({ intake: ask.name, topic: envelope.topic }, 'topic brings no more');
      return { keys: [] };
  }
}

async function askBy(envelope: Envelope, ask: SignedAsk): Promise<Asked> {
  const asked = askedFor(parseJson(envelope.message), ask.place);
  if (!('keys' in asked)) return asked;
  return (await note(envelope, asked.keys, ask)) ? asked : { keys: [] };
}

/** NOTE: it is noted after it was confirmed: what failed comes again. */
async function confirm(envelope: Envelope, ask: SignedAsk): Promise<Asked> {
  const { receiver, store, name, scope } = ask;
  if (await store.objects.knows(name, envelope.id)) return { keys: [] };
  const trouble = await receiver.confirm(envelope, scope);
  if (trouble !== null) return trouble;
  await note(envelope, [], ask);
  scope.log.info({ intake: name, topic: envelope.topic }, 'topic confirmed');
  return { keys: [] };
}

function note({ id }: Envelope, keys: readonly string[], { store, name }: SignedAsk): Promise<boolean> {
  return store.objects.want(name, keys, { id, forMs: KNOWN_MS });
}
