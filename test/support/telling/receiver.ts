import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../e2e/json.ts';

/** Takes a webhook's posts, and can be down. */
export interface Receiver {
  readonly url: string;
  /** Bodies that it took, in order. */
  readonly taken: Json[];
  /** Ids of all posts, those that it did not take included. */
  readonly tried: string[];
  /** What it answers from now on. */
  answer(status: number): void;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const [taken, tried]: [Json[], string[]] = [[], []];
  let status = 200;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      tried.push(String(request.headers['webhook-id']));
      if (status === 200) taken.push(JSON.parse(Buffer.concat(parts).toString()));
      response.writeHead(status, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`,
    taken,
    tried,
    answer: (next) => void (status = next),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
