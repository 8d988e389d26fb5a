import { isRecord } from '../json.ts';

const KINDS = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const;

/** What SNS posts, each value as it came: they are what is signed. */
export interface Envelope {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
  readonly topic: string;
  readonly message: string;
  /** Null: it has none. */
  readonly subject: string | null;
  readonly timestamp: string;
  /** Of confirmations; '': it has none. */
  readonly token: string;
  readonly subscribeUrl: string;
  readonly signatureVersion: string;
  readonly signature: string;
  readonly certificateUrl: string;
}

/** Whether it is meant as one. */
export function isEnvelope(body: unknown): body is Readonly<Record<string, unknown>> {
  return isRecord(body) && body['TopicArn'] !== undefined && body['Type'] !== undefined;
}

/** Null: something that every one has is not there. */
export function envelopeIn(body: Readonly<Record<string, unknown>>): Envelope | null {
  const kind = KINDS.find((it) => it === body['Type']);
  const [id, topic, message] = [textIn(body, 'MessageId'), textIn(body, 'TopicArn'), textIn(body, 'Message')];
  if (kind === undefined || id === '' || id.length > 200 || topic === '') return null;
  return {
    ...{ kind, id, topic, message, subject: textIn(body, 'Subject') || null, timestamp: textIn(body, 'Timestamp') },
    ...{ token: textIn(body, 'Token'), subscribeUrl: textIn(body, 'SubscribeURL') },
    ...{ signatureVersion: textIn(body, 'SignatureVersion'), signature: textIn(body, 'Signature') },
    certificateUrl: textIn(body, 'SigningCertURL') || textIn(body, 'SigningCertUrl'),
  };
}

function textIn(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

/** What its signature is of: names and values in turn, each on a line of its own, in the order of the names. */
export function signedText(envelope: Envelope): string {
  const { kind, id, topic, message, subject, timestamp, token, subscribeUrl } = envelope;
  const isNotification = kind === 'Notification';
  const pairs: readonly (readonly [string, string] | false)[] = [
    ['Message', message],
    ['MessageId', id],
    isNotification && subject !== null && ['Subject', subject],
    !isNotification && ['SubscribeURL', subscribeUrl],
    ['Timestamp', timestamp],
    !isNotification && ['Token', token],
    ['TopicArn', topic],
    ['Type', kind],
  ];
  return pairs.flatMap((pair) => (pair === false ? [] : pair.map((part) => `${part}\n`))).join('');
}
