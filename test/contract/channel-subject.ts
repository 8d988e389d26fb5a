import type { Fitted, Message } from '../../src/core/model/alerting/message.ts';
import type { Channel, SendOutcome } from '../../src/core/ports/alerting/channel.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { messageOf } from '../support/alerting/messages.ts';
import { depsOf, type TestDeps } from '../support/build/deps.ts';
import { type Answer, type Call, type Expected, mock, type Reply } from '../support/build/http-mock.ts';
import { scopeOf, type TestScope } from '../support/build/scope.ts';

/** A vendor that does not speak HTTP, for one test: it answers tries so, in their order. */
export interface Peer {
  readonly calls: readonly Pick<Call, 'text'>[];
  create(deps: Deps): Channel;
  close(): Promise<void>;
}

/** Where a channel posts to, and what its vendor answers there. */
export interface ChannelEndpoint {
  /** Without method and body; or who answers in place of an HTTP server. */
  readonly request: Expected | ((replies: readonly Reply[]) => Promise<Peer>);
  /** What may pass; absent: the statuses of HTTP that say so. */
  readonly later?: readonly Answer[];
  readonly accepted: Answer;
  /** Of an accepted message. */
  readonly ref?: string;
  /** Too many requests, as this vendor says it, and how long it asks to wait, ms. */
  readonly limited: readonly (readonly [Answer, number])[];
  /** A good status that is a no. */
  readonly saysNo: readonly (readonly [string, Answer])[];
  /** A text that this vendor cannot read. */
  readonly badText: readonly Answer[];
  /** For good. */
  readonly permanent: readonly Answer[];
}

export interface ChannelSubject {
  create(deps: Deps): Channel;
  readonly name: string;
  readonly repeatSafe: boolean;
  readonly isPerSubject?: boolean;
  readonly secrets: readonly string[];
  /** Null: nobody is asked. */
  readonly endpoint: ChannelEndpoint | null;
  /** Throws when the vendor would not take this body: by its own rules, in its own units. */
  check(body: Fitted['body']): void;
  /** The titles of the alerts that a body names, as people see them, in order. */
  titlesIn(body: Fitted['body']): readonly string[];
  /** The calls that the rich form shows, as people see them, in order; absent: it has none. */
  callsIn?(body: Fitted['body']): readonly string[];
  /** How this title looks to people. */
  looks(title: string, form: 'rich' | 'plain'): string;
}

export interface Sent {
  readonly outcome: SendOutcome;
  readonly calls: Peer['calls'];
  readonly scope: TestScope;
  readonly deps: TestDeps;
}

/** One message to a vendor that answers so. */
export async function sendTo(
  subject: ChannelSubject,
  replies: readonly Reply[],
  { signal, message = messageOf() }: { readonly signal?: AbortSignal; readonly message?: Message } = {},
): Promise<Sent> {
  const deps = depsOf(undefined, subject.secrets);
  const peer = await peerOf(subject, replies);
  const channel = peer.create(deps);
  const scope = scopeOf(signal === undefined ? {} : { signal });
  try {
    const outcome = await channel.send(channel.fit(message, 'rich'), message, scope);
    return { outcome, calls: peer.calls, scope, deps };
  } finally {
    await peer.close();
  }
}

async function peerOf({ endpoint, create }: ChannelSubject, replies: readonly Reply[]): Promise<Peer> {
  if (typeof endpoint?.request === 'function') return endpoint.request(replies);
  const calls = endpoint === null ? [] : mock({ method: 'POST', ...endpoint.request }, ...replies);
  return { calls, create, close: async () => undefined };
}
