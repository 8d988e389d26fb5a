import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { act } from './actions.ts';
import { change, createUploads, type Uploads } from './changes.ts';
import { objects } from './objects.ts';
import { createQueue, type QueueBook, Refused } from './queue.ts';

/** What goes wrong with the next request of an action, once. */
export type AwsFault =
  /** A gateway's page in place of an answer. */
  | { readonly action: string; readonly kind: 'page' }
  /** No answer; what was asked for is done. */
  | { readonly action: string; readonly kind: 'cut' }
  /** Of a receive: the checksum of its first message. */
  | { readonly action: string; readonly kind: 'checksum' }
  /** Of a batch: its first entry is refused for the moment. */
  | { readonly action: string; readonly kind: 'partial' };

/** Amazon's queues (SQS) and objects (S3), in this process: `POST /`, `GET /<bucket>/<key>` and lists of a bucket. */
export interface AwsDouble {
  readonly url: string;
  /** Makes it, unless it is there. */
  queue(name: string): QueueBook;
  /** Its address; there may be none. */
  addressOf(name: string): string;
  readonly objects: Map<string, string | Uint8Array>;
  readonly faults: AwsFault[];
  /** Actions that were asked for, and paths of objects. */
  readonly asked: string[];
  /** Requests under way; of who has gone some may still be. */
  waiting(): number;
  close(): Promise<void>;
}

export interface AwsOptions {
  now(): number;
  /** While a receive waits; ends with the signal. NOTE: it takes a turn at least, so that it is seen who has gone. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const ACCOUNT = '123456789012';
/** A receive that waits looks so often, ms. */
const LOOK_MS = 250;
const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=[^,]+\/(sqs|s3)\/aws4_request, SignedHeaders=[^,]+, Signature=[0-9a-f]{64}$/;

export async function startAws({ now, sleep }: AwsOptions): Promise<AwsDouble> {
  const stop = new AbortController();
  let url = '';
  const account = accountOf(now, (name) => `${url}/${ACCOUNT}/${name}`);
  const objects = new Map<string, string | Uint8Array>();
  const [faults, asked]: [AwsFault[], string[]] = [[], []];
  const rest = { now, sleep: (ms: number) => sleep(ms, stop.signal), stop: stop.signal };
  const world: World = { account, objects, uploads: createUploads(), faults, asked, ...rest };
  let waiting = 0;
  const server = createServer((request, response) => {
    waiting++;
    serve(request, response, world)
      .catch((error: unknown) => {
        if (!response.destroyed) answer(response, 500, { __type: 'InternalError', message: String(error) });
      })
      .finally(() => waiting--);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    ...{ url, objects, faults, asked },
    queue: account.create,
    waiting: () => waiting,
    addressOf: account.addressOf,
    close: async () => {
      stop.abort();
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

function accountOf(now: () => number, addressOf: (name: string) => string): World['account'] {
  const queues = new Map<string, QueueBook>();
  const create = (name: string): QueueBook => {
    const known = queues.get(name) ?? createQueue(now);
    queues.set(name, known);
    return known;
  };
  return { find: (name) => queues.get(name), create, addressOf };
}

interface World {
  readonly account: Parameters<typeof act>[2];
  readonly objects: Map<string, string | Uint8Array>;
  readonly uploads: Uploads;
  readonly faults: AwsFault[];
  readonly asked: string[];
  now(): number;
  sleep(ms: number): Promise<void>;
  readonly stop: AbortSignal;
}

async function serve(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!SIGNED.test(request.headers.authorization ?? ''))
    return answer(response, 403, { __type: 'MissingAuthenticationToken', message: 'it is not signed' });
  if (request.method === 'GET') return objects(request, response, world);
  if (request.headers['x-amz-target'] === undefined) return change(request, response, Buffer.concat(chunks), world);
  const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
  world.asked.push(action);
  const fault = takeFault(action, world);
  if (fault === 'page') return page(response);
  try {
    const fields = JSON.parse(Buffer.concat(chunks).toString()) as Readonly<Record<string, unknown>>;
    const said =
      fault === 'partial' ? withoutFirst(action, fields, world) : await acted(action, fields, response, world);
    if (fault === 'cut') return void response.destroy();
    return answer(response, 200, spoiled(said, fault));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return answer(response, 400, { __type: `com.amazonaws.sqs#${error.type}`, message: error.message });
  }
}

/** A receive waits for messages as long as it is told to. */
async function acted(
  action: string,
  fields: Readonly<Record<string, unknown>>,
  response: ServerResponse,
  { account, now, sleep, stop }: World,
): Promise<Readonly<Record<string, unknown>>> {
  const until = now() + 1000 * Number(fields['WaitTimeSeconds'] ?? 0);
  for (;;) {
    // Who is gone gets nothing: its messages would be nobody's.
    if (response.destroyed || stop.aborted) return {};
    const said = act(action, fields, account);
    if (action !== 'ReceiveMessage' || 'Messages' in said || now() >= until) return said;
    await sleep(Math.min(LOOK_MS, until - now())).catch(() => undefined);
  }
}

function takeFault(action: string, { faults }: World): AwsFault['kind'] | undefined {
  const index = faults.findIndex((it) => it.action === action);
  return index < 0 ? undefined : faults.splice(index, 1)[0]!.kind;
}

type Said = Readonly<Record<string, unknown>>;

function spoiled(said: Said, fault: AwsFault['kind'] | undefined): Said {
  const messages = said['Messages'] as readonly Said[] | undefined;
  if (fault === 'checksum' && messages !== undefined)
    return { Messages: messages.map((it, n) => (n === 0 ? { ...it, MD5OfBody: '0'.repeat(32) } : it)) };
  return said;
}

/** Of a batch all but the first entry, of which it says that it may pass later. */
function withoutFirst(action: string, fields: Said, { account }: World): Said {
  const [first, ...rest] = fields['Entries'] as readonly Said[];
  const said = rest.length === 0 ? {} : act(action, { ...fields, Entries: rest }, account);
  const failed = { Id: first!['Id'], SenderFault: false, Code: 'InternalError', Message: 'try again' };
  return { ...said, Failed: [failed, ...((said['Failed'] ?? []) as readonly Said[])] };
}

function page(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>Bad Gateway</body></html>');
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'request-1' })
    .end(JSON.stringify(body));
}
