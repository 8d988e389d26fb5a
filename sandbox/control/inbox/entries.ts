import { isRecord } from '../../http/message.ts';
import { MESSENGERS } from '../../types.ts';
import type { ReceivedMessage } from '../../world/inbox.ts';
import type { Picture } from '../../world/picture.ts';
import type { Delivery, Received } from '../../world/received.ts';

/** How a message came to somebody. */
export type Way = 'mail' | 'pager' | 'chat' | 'webhook';

/** A message, or what was not taken as one. */
export type Entry = {
  readonly way: Way;
  readonly vendor: string;
  readonly n: number;
  readonly at: number;
  readonly to: string;
  /** It stands below another one. */
  readonly isReply: boolean;
  /** Of a pager; undefined: it is none. */
  readonly state: 'open' | 'resolved' | undefined;
  /** It was refused. */
  readonly isRefused: boolean;
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  readonly picture: Picture | undefined;
};

/** All that reached people, and what did not, the newest first. */
export function entriesOf(received: Received): readonly Entry[] {
  const all = MESSENGERS.flatMap((vendor) => {
    const { messages, refused } = received[vendor];
    return [
      ...messages.map((message) => entryOf(message, vendor)),
      ...refused.map(({ n, at, to, status, why }) => notTaken({ n, at, to, why, status }, vendor, wayOf(vendor))),
    ];
  });
  const { deliveries, refused } = received.webhook;
  const hooks = [
    ...deliveries.map(hookEntry),
    ...refused.map(({ name, ...rest }) => notTaken({ ...rest, to: name }, 'webhook', 'webhook')),
  ];
  return [...all, ...hooks].sort((one, other) => other.n - one.n);
}

function wayOf(vendor: string): Way {
  if (vendor === 'mail') return 'mail';
  return vendor === 'pagerduty' ? 'pager' : 'chat';
}

function entryOf(message: ReceivedMessage, vendor: string): Entry {
  const { n, at, to, thread, subject, text, html, isOver, picture } = message;
  const way = wayOf(vendor);
  const state = isOver === true ? 'resolved' : 'open';
  return {
    ...{ way, vendor, n, at, to, subject, text, html, picture },
    isReply: thread !== null,
    state: way === 'pager' ? state : undefined,
    isRefused: false,
  };
}

type NotTaken = {
  readonly n: number;
  readonly at: number;
  readonly to: string;
  readonly why: string;
  readonly status: number;
};

function notTaken({ n, at, to, why, status }: NotTaken, vendor: string, way: Way): Entry {
  const subject = `refused with ${String(status)}`;
  return {
    way,
    vendor,
    n,
    at,
    to,
    isReply: false,
    state: undefined,
    isRefused: true,
    subject,
    text: why,
    html: undefined,
    picture: undefined,
  };
}

function hookEntry({ n, at, name, body }: Delivery): Entry {
  const alerts = Array.isArray(body['alerts']) ? body['alerts'].filter(isRecord) : [];
  const said = Array.isArray(body['lines']) ? body['lines'].map(String) : [];
  const told = alerts.map(({ state, rule, filter, why }) => [state, rule, filter, why].map(String).join('; '));
  const subject = `${String(body['type'])}: ${String(alerts.length)} alerts`;
  const plain = { isReply: false, state: undefined, isRefused: false, html: undefined, picture: undefined };
  return { way: 'webhook', vendor: 'webhook', n, at, to: name, subject, text: [...said, ...told].join('\n'), ...plain };
}
