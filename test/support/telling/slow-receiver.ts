import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../e2e/json.ts';

/** A post of a webhook: its id, the path that it came to, and the ids of the alerts in it. */
export interface Post {
  readonly id: string;
  readonly path: string;
  readonly alerts: readonly string[];
  /** The answer went out. */
  isAnswered: boolean;
}

/** Takes every post, and answers it when and as a test wants. */
export interface SlowReceiver {
  readonly url: string;
  readonly posts: readonly Post[];
  /** Each answer takes so long from now on, ms. */
  takes(ms: number): void;
  /** So it answers from now on. */
  answers(status: number): void;
  /** Each answer from now on also waits for this. */
  waitsFor(what: Promise<void>): void;
  close(): Promise<void>;
}

export async function openSlowReceiver(): Promise<SlowReceiver> {
  const posts: Post[] = [];
  let [ms, status] = [0, 200];
  let gate = Promise.resolve();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { alerts } = JSON.parse(Buffer.concat(parts).toString()) as { alerts: readonly Json[] };
      const id = String(request.headers['webhook-id']);
      const post = { id, path: request.url ?? '', alerts: alerts.map((it) => String(it.id)), isAnswered: false };
      posts.push(post);
      response.on('finish', () => (post.isAnswered = true));
      const answer = (): void => void response.writeHead(status, { connection: 'close' }).end();
      void gate.then(() => setTimeout(answer, ms));
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    posts,
    takes: (next) => void (ms = next),
    answers: (next) => void (status = next),
    waitsFor: (next) => void (gate = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
