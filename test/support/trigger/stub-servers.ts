import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';

const open = new Set<{ close(): Promise<void> }>();

/** Closes every stand-in of a test, with all connections: a curl that waits ends with it. */
export async function closeServers(): Promise<void> {
  for (const server of open) await server.close();
  open.clear();
}

export interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface Stub {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** Answers every post alike; `sent` is its `Sentry-Monitor-Sent`. */
export async function stub(
  status: number,
  sent?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stub> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (text: string) => (body += text))
      .on('end', () => {
        asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
        response
          .writeHead(status, { ...(sent === undefined ? {} : { 'Sentry-Monitor-Sent': sent }), ...headers })
          .end('Sentry-Monitor-Sent: unknown\r\n\r\n200 1\n'); // a body that looks like a head
      });
  });
  return { url: await listen(server, () => server.closeAllConnections()), asked };
}

export interface RawServer {
  readonly url: string;
  /** All that came, connections one after the other. */
  heard(): string;
}

/** Accepts and listens; once a whole request came it says `answer` and hangs up, or without one stays silent. */
export async function raw(answer?: string): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let heard = '';
  const server = createSocketServer((socket) => {
    sockets.add(
      socket
        .setEncoding('latin1')
        .on('error', () => undefined)
        .on('data', (text: string) => {
          heard += text;
          if (answer !== undefined && heard.endsWith('\r\n\r\n')) socket.end(answer);
        }),
    );
  });
  return { url: await listen(server, () => sockets.forEach((socket) => socket.destroy())), heard: () => heard };
}

/** An address where nothing listens any more. */
export async function deadUrl(): Promise<string> {
  const server = createSocketServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${port}`;
}

async function listen(server: Server | HttpServer, drop: () => void): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.add({
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        drop();
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
