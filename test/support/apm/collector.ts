import { request as ask, createServer as createPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync, inflateSync } from 'node:zlib';
import { selfSigned } from './certificate.ts';

/** A request as the agent sent it. */
export interface Report {
  /** Of the agent's protocol: preconnect, connect, analytic_event_data … */
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly json: unknown;
  /** The decompressed body, and whatever was compressed inside it. */
  readonly texts: readonly string[];
}

/** New Relic's collector as the agent sees it, over TLS on loopback. */
export interface Collector {
  readonly reports: readonly Report[];
  of(method: string): readonly Report[];
  /** These get no answer from now on. */
  readonly mute: Set<string>;
  /** Settings with which an agent finds and trusts it. `file`: holds the certificate. */
  env(file: string): Record<string, string>;
  readonly cert: string;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const { key, cert } = selfSigned(Date.now());
  const reports: Report[] = [];
  const mute = new Set<string>();
  const server = createServer(
    { key, cert },
    (request, response) =>
      void read(request).then((raw) => {
        const report = reportOf(request, raw);
        reports.push(report);
        if (mute.has(report.method)) return;
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ return_value: answerTo(report.method, port) }));
      }),
  );
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const { port } = server.address() as AddressInfo;
  return {
    reports,
    mute,
    cert,
    of: (method) => reports.filter((report) => report.method === method),
    env: (file) => ({ NODE_EXTRA_CA_CERTS: file, NEW_RELIC_HOST: 'localhost', NEW_RELIC_PORT: String(port) }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** An event of a harvest: what the agent says of them, and the attributes that we gave them. */
export interface AgentEvent {
  readonly own: Readonly<Record<string, unknown>>;
  readonly ours: Readonly<Record<string, unknown>>;
  /** Those that the agent found itself. */
  readonly found: Readonly<Record<string, unknown>>;
}

/** In the order of time; the agent's own order is random. */
export function eventsOf(
  collector: Collector,
  method: 'analytic_event_data' | 'error_event_data' | 'span_event_data',
): readonly AgentEvent[] {
  const lists = collector.of(method).map(({ json }) => (json as [unknown, unknown, [object, object, object][]])[2]);
  const events = lists
    .flat()
    .map(([own, ours, found]): AgentEvent => ({ own: { ...own }, ours: { ...ours }, found: { ...found } }));
  return events.sort((a, b) => Number(a.own['timestamp']) - Number(b.own['timestamp']));
}

function answerTo(method: string, port: number): unknown {
  if (method === 'preconnect') return { redirect_host: `localhost:${port}` };
  if (method === 'connect') return { agent_run_id: 'run-1', data_report_period: 60 };
  return method === 'get_agent_commands' ? [] : null;
}

const UNPACK: Readonly<Record<string, (raw: Buffer) => Buffer>> = {
  identity: (raw) => raw,
  gzip: gunzipSync,
  deflate: inflateSync,
};

function reportOf(request: IncomingMessage, raw: Buffer): Report {
  const url = new URL(request.url ?? '/', 'https://localhost');
  const unpack = UNPACK[request.headers['content-encoding'] ?? 'identity'];
  if (unpack === undefined) throw new Error(`unknown encoding ${request.headers['content-encoding']}`);
  const text = unpack(raw).toString();
  return {
    method: url.searchParams.get('method') ?? '',
    url,
    headers: request.headers,
    json: text === '' ? null : JSON.parse(text),
    texts: [text, ...inflated(text)],
  };
}

/** The agent packs traces as base64 of deflated JSON. */
function inflated(text: string): string[] {
  return [...text.matchAll(/"([A-Za-z0-9+/]{40,}={0,2})"/g)].flatMap(([, packed]) => {
    try {
      return [inflateSync(Buffer.from(packed!, 'base64')).toString()];
    } catch {
      return [];
    }
  });
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Passes requests on to `target` and remembers their headers. */
export interface Wiretap {
  readonly url: string;
  readonly heard: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export async function startWiretap(target: string): Promise<Wiretap> {
  const heard: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createPlain((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    heard.push({ path: url, headers });
    const onward = ask(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
