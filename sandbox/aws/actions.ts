import { LIMITS, md5, type QueueBook, Refused } from './queue.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The queues of the one account. */
export interface Account {
  /** Undefined: there is none of that name. */
  find(name: string): QueueBook | undefined;
  create(name: string): QueueBook;
  addressOf(name: string): string;
}

/** What one request is answered; its errors are `Refused`. A receive that finds nothing is the caller's to repeat. */
export function act(action: string, fields: Fields, account: Account): Fields {
  if (action === 'CreateQueue') {
    const name = textIn(fields, 'QueueName');
    account.create(name);
    return { QueueUrl: account.addressOf(name) };
  }
  const queue = account.find(textIn(fields, 'QueueUrl').split('/').at(-1)!);
  if (queue === undefined) throw new Refused('QueueDoesNotExist', 'The specified queue does not exist.');
  switch (action) {
    case 'SendMessage':
      return sent(queue, textIn(fields, 'MessageBody'));
    case 'SendMessageBatch':
      return batch(fields, (entry) => sent(queue, textIn(entry, 'MessageBody')));
    case 'ReceiveMessage':
      return receive(queue, fields);
    case 'DeleteMessageBatch':
      return batch(fields, (entry) => done(queue.delete(textIn(entry, 'ReceiptHandle'))));
    case 'ChangeMessageVisibilityBatch':
      return batch(fields, (entry) =>
        done(
          queue.hold(
            textIn(entry, 'ReceiptHandle'),
            numberIn(entry, 'VisibilityTimeout', [0, LIMITS.visibleSeconds]) * 1000,
          ),
        ),
      );
    default:
      throw new Refused('UnsupportedOperation', `no such action: ${action}`);
  }
}

function sent(queue: QueueBook, body: string): Fields {
  return { MessageId: queue.send(body), MD5OfMessageBody: md5(body) };
}

/** NOTE: where there is nothing, the list is left out. */
function receive(queue: QueueBook, fields: Fields): Fields {
  const most = numberIn(fields, 'MaxNumberOfMessages', [1, LIMITS.batch], 1);
  const visible = numberIn(fields, 'VisibilityTimeout', [0, LIMITS.visibleSeconds], 30);
  numberIn(fields, 'WaitTimeSeconds', [0, LIMITS.waitSeconds], 0);
  const found = queue.receive(most, visible * 1000);
  if (found.length === 0) return {};
  const wanted = (fields['MessageSystemAttributeNames'] ?? []) as readonly string[];
  return {
    Messages: found.map(({ id, body, handle, sentAt, receives }) => ({
      ...{ MessageId: id, Body: body, ReceiptHandle: handle, MD5OfBody: md5(body) },
      Attributes: Object.fromEntries(
        Object.entries({ SentTimestamp: String(sentAt), ApproximateReceiveCount: String(receives) }).filter(
          ([name]) => wanted.includes(name) || wanted.includes('All'),
        ),
      ),
    })),
  };
}

function done(isDone: boolean): Fields {
  if (!isDone) throw new Refused('ReceiptHandleIsInvalid', 'The receipt handle has expired.');
  return {};
}

/** Each entry for itself: the answer is good whatever came of them, and a list without entries is left out. */
function batch(fields: Fields, one: (entry: Fields) => Fields): Fields {
  const entries = fields['Entries'] as readonly Fields[] | undefined;
  if (!Array.isArray(entries) || entries.length === 0) throw new Refused('EmptyBatchRequest', 'no entries');
  if (entries.length > LIMITS.batch) throw new Refused('TooManyEntriesInBatchRequest', 'more than ten entries');
  const ids = (entries as readonly Fields[]).map((it) => textIn(it, 'Id'));
  if (new Set(ids).size < ids.length) throw new Refused('BatchEntryIdsNotDistinct', 'ids twice');
  const [good, bad]: [Fields[], Fields[]] = [[], []];
  for (const [index, entry] of (entries as readonly Fields[]).entries())
    try {
      good.push({ Id: ids[index], ...one(entry) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      bad.push({ Id: ids[index], SenderFault: true, Code: error.type, Message: error.message });
    }
  return { ...(good.length === 0 ? {} : { Successful: good }), ...(bad.length === 0 ? {} : { Failed: bad }) };
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Refused('MissingParameter', `${name} is missing`);
  return value;
}

function numberIn(fields: Fields, name: string, [least, most]: readonly [number, number], usual?: number): number {
  const value = fields[name] ?? usual;
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
    throw new Refused('InvalidParameterValue', `${name} is not between ${least} and ${most}`);
  return value as number;
}
