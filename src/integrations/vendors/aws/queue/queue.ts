import { createHash } from 'node:crypto';
import type { Message as SqsMessage, SQSClientConfig } from '@aws-sdk/client-sqs';
import { chunks } from '../../../../core/model/chunks.ts';
import { isAmazons } from './address.ts';

/** A message as it was received; its handle is of this receive. */
export interface QueueMessage {
  readonly id: string;
  readonly handle: string;
  readonly text: string;
  /** When it was put into the queue, epoch ms; null: not told. */
  readonly sentAt: number | null;
  /** How often it was received, this time included. */
  readonly receives: number;
  /** Its text is not what its checksum says. */
  readonly isBroken: boolean;
}

export interface Queue {
  /** Waits so long for messages, at most twenty seconds. Nobody else gets them for `VISIBLE_MS`. */
  receive(most: number, waitMs: number, signal: AbortSignal): Promise<readonly QueueMessage[]>;
  send(text: string, signal: AbortSignal): Promise<void>;
  /** Gives back those that are still in the queue. */
  delete(messages: readonly QueueMessage[], signal: AbortSignal): Promise<readonly QueueMessage[]>;
  /** Nobody else gets them for as long as after a receive; 0: everybody may have them at once. */
  hold(messages: readonly QueueMessage[], forMs: number, signal: AbortSignal): Promise<void>;
  create(signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface QueueSettings {
  readonly url: string;
  /** Of a server of one's own; undefined: Amazon's. */
  readonly endpoint: string | undefined;
}

/** So many messages a request may have. */
export const AT_ONCE = 10;
/** So long a message that was received is nobody else's, ms. */
export const VISIBLE_MS = 120_000;
const ANSWER_MS = 30_000;
const CONNECT_MS = 10_000;

/** The region in a queue's address; undefined: it has none. */
export function regionOf(address: string): string | undefined {
  const [, region] =
    /^(?:sqs\.([a-z0-9-]+)|[a-z0-9-]+\.queue)\.amazonaws\.com(?:\.cn)?$/.exec(new URL(address).hostname) ?? [];
  return region;
}

/** Of a server of one's own, which has queue and objects in one place; undefined: it is Amazon's. */
export function endpointOf(address: string): string | undefined {
  const { hostname, origin } = new URL(address);
  return isAmazons(hostname) ? undefined : origin;
}

/** A queue of Amazon's, or of a server that speaks like it; by the variables of Amazon's own tools. */
export async function openQueue({ url, endpoint }: QueueSettings): Promise<Queue> {
  const sqs = await import('@aws-sdk/client-sqs');
  const client = new sqs.SQSClient(optionsFor(url, endpoint));
  return {
    async receive(most, waitMs, abortSignal) {
      const command = new sqs.ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(most, AT_ONCE),
        WaitTimeSeconds: Math.min(20, Math.ceil(waitMs / 1000)),
        VisibilityTimeout: VISIBLE_MS / 1000,
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      });
      return ((await client.send(command, { abortSignal })).Messages ?? []).map(messageIn);
    },
    async send(MessageBody, abortSignal) {
      await client.send(new sqs.SendMessageCommand({ QueueUrl: url, MessageBody }), { abortSignal });
    },
    async delete(messages, abortSignal) {
      const left: QueueMessage[] = [];
      for (const some of chunks(messages, AT_ONCE)) {
        const command = new sqs.DeleteMessageBatchCommand({ QueueUrl: url, Entries: batchOf(some) });
        const { Failed = [] } = await client.send(command, { abortSignal });
        left.push(...Failed.map(({ Id }) => some[Number(Id)]!));
      }
      return left;
    },
    async hold(messages, forMs, abortSignal) {
      const seconds = { VisibilityTimeout: Math.ceil(forMs / 1000) };
      for (const some of chunks(messages, AT_ONCE)) {
        const Entries = batchOf(some).map((it) => ({ ...it, ...seconds }));
        await client.send(new sqs.ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }), { abortSignal });
      }
    },
    async create(abortSignal) {
      const QueueName = new URL(url).pathname.split('/').at(-1)!;
      await client.send(new sqs.CreateQueueCommand({ QueueName }), { abortSignal });
    },
    close: () => client.destroy(),
  };
}

function batchOf(some: readonly QueueMessage[]) {
  return some.map(({ handle }, n) => ({ Id: String(n), ReceiptHandle: handle }));
}

function optionsFor(url: string, endpoint: string | undefined): SQSClientConfig {
  const region = regionOf(url);
  return {
    // NOTE: the client would refuse all messages of a receive for one that is broken; they are looked at one by one.
    md5: false,
    ...(region === undefined ? {} : { region }),
    endpoint: endpoint ?? new URL(url).origin,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  };
}

function messageIn({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes }: SqsMessage): QueueMessage {
  const [text, sent] = [Body ?? '', Number(Attributes?.SentTimestamp)];
  return {
    id: MessageId ?? '',
    handle: ReceiptHandle ?? '',
    text,
    sentAt: Number.isFinite(sent) ? sent : null,
    receives: Number(Attributes?.ApproximateReceiveCount ?? 1),
    isBroken: MD5OfBody !== undefined && MD5OfBody !== createHash('md5').update(text).digest('hex'),
  };
}
