import type { Reject } from '../../../../core/model/events/event.ts';
import type { IntakeStore } from '../../../../core/ports/events/intake.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { parseJson } from '../../../../platform/http/json.ts';
import type { Deps } from '../../../plugin.ts';
import { isRecord } from '../../../vendors/aws/json.ts';
import { drain, type MessageRead } from '../../../vendors/aws/queue/drain.ts';
import type { Queue, QueueMessage } from '../../../vendors/aws/queue/queue.ts';
import type { Counting } from '../../../vendors/logs/counting.ts';
import { askedFor } from './asked.ts';

export interface Queued {
  readonly place: { readonly bucket: string; readonly prefix: string };
  /** Of the intake. */
  readonly name: string;
  readonly store: Pick<IntakeStore, 'add' | 'objects'>;
  readonly scope: Scope;
  readonly counting: Counting;
  readonly deps: Pick<Deps, 'now' | 'sleep' | 'redact'>;
}

interface NoticeRead extends MessageRead {
  readonly keys: readonly string[];
  readonly rejects: readonly Reject[];
}

/** A topic may stand behind a topic. */
const MOST_ENVELOPES = 3;
/** So often a message is received whose text is not what its checksum says. */
const MOST_RECEIVES = 5;

/** Notes which archives a queue's messages name: each leaves the queue once that is noted, or it is a reject. */
export async function takeQueued(queue: Queue, queued: Queued): Promise<void> {
  const { store, name, counting, deps } = queued;
  await drain<NoticeRead>({
    ...{ queue, name, scope: queued.scope, deps, pollers: 1 },
    read: async (message) => readNotice(message, queued),
    async keep(reads) {
      const rejects = reads.flatMap((it) => it.rejects);
      await store.objects.want(name, [...new Set(reads.flatMap(({ keys }) => keys))]);
      if (rejects.length > 0) counting.add([], await store.add({ project: name, events: [], rejects }), rejects.length);
    },
  });
}

function readNotice(message: QueueMessage, { place, deps }: Queued): NoticeRead {
  const done = { stays: null, isCounted: true, keys: [], rejects: [] };
  const reject = (reason: string): NoticeRead => {
    const { id, text } = message;
    return { ...done, rejects: [{ id, at: deps.now(), reason, place: `message ${id}`, text }] };
  };
  const why = 'its text is not what its checksum says';
  if (message.isBroken) return message.receives >= MOST_RECEIVES ? reject(why) : { ...done, stays: why };
  const asked = askedFor(contentOf(message.text), place);
  return 'keys' in asked
    ? { ...done, keys: asked.keys }
    : reject('refused' in asked ? asked.refused : 'it names nothing');
}

/** NOTE: an envelope's signature is not looked at: who may put something into the queue is the queue's own policy. */
function contentOf(text: string, depth = 0): unknown {
  const value = parseJson(text);
  if (!isRecord(value) || value['TopicArn'] === undefined || typeof value['Message'] !== 'string') return value;
  return depth < MOST_ENVELOPES ? contentOf(value['Message'], depth + 1) : undefined;
}
