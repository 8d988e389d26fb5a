import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../e2e/json.ts';

/** A post of a webhook: its id, the path that it came to, and the ids of the alerts in it. */
export interface Post {
  readonly id: string;
  readonly path: string;
  readonly alerts: readonly string[];
}

/** Takes every post, and answers it later. */
export interface SlowReceiver {
  readonly url: string;
  readonly posts: readonly Post[];
  /** Each answer takes so long from now on, ms. */
  takes(ms: number): void;
  close(): Promise<void>;
}

export async function openSlowReceiver(): Promise<SlowReceiver> {
  const posts: Post[] = [];
  let ms = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { alerts } = JSON.parse(Buffer.concat(parts).toString()) as { alerts: readonly Json[] };
      const id = String(request.headers['webhook-id']);
      posts.push({ id, path: request.url ?? '', alerts: alerts.map((it) => String(it.id)) });
      setTimeout(() => response.writeHead(200, { connection: 'close' }).end(), ms);
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    posts,
    takes: (next) => void (ms = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
