import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who answers a watch. */
export interface Vendor {
  readonly url: string;
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** What it answers from now on; `hang`: nothing. */
  answer(status: number | 'hang', body?: string, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export async function openVendor(): Promise<Vendor> {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  let next: { status: number | 'hang'; body: string; headers: Readonly<Record<string, string>> };
  const server = createServer((request, response) => {
    asked.push({ path: request.url!, headers: request.headers });
    if (next.status !== 'hang')
      response.writeHead(next.status, { connection: 'close', ...next.headers }).end(next.body);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    answer: (status, body = '', headers = {}) => void (next = { status, body, headers }),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
