import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who answers a watch. */
export interface Vendor {
  readonly url: string;
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** It breaks off from now on. */
  cut(): void;
  /** What it answers from now on. */
  answer(status: number, body?: string, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export async function openVendor(): Promise<Vendor> {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  let next: { status: number | 'cut'; body: string; headers: Readonly<Record<string, string>> };
  const server = createServer((request, response) => {
    asked.push({ path: request.url!, headers: request.headers });
    if (next.status === 'cut') response.destroy();
    else response.writeHead(next.status, { connection: 'close', ...next.headers }).end(next.body);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    cut: () => void (next = { status: 'cut', body: '', headers: {} }),
    answer: (status, body = '', headers = {}) => void (next = { status, body, headers }),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
