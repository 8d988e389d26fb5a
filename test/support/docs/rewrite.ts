import { createServer, type AddressInfo } from 'node:net';
import type { Clone } from './clone.ts';

/** The pages' words for this run: free ports, files beside the clone, instants that are not long past. */
export interface Rewriter {
  /** What a page says, as it must be here. */
  command(text: string): string;
  /** What was said here, as the page would have it. */
  output(text: string): string;
  /** The free port for one that the pages name. */
  port(named: number): number;
}

/** The ports that the pages use: of the service, of the sandbox, and of further servers. */
const PORTS = [3000, 3001, 3002, 4000];
/** What the pages take for the present, to the hour. */
const PAGES_NOW = Date.UTC(2026, 10, 20, 12);

export async function rewriter(clone: Clone, now: number): Promise<Rewriter> {
  const ports = new Map<number, number>();
  for (const named of PORTS) ports.set(named, await freePort());
  const port = (named: number): number => ports.get(named) ?? named;
  const shift = Math.floor(now / 3_600_000) * 3_600_000 - PAGES_NOW;
  const auth = clone.beside('sentry-monitor.auth');
  return {
    port,
    command: (text) =>
      withSandboxPort(text)
        .replaceAll('https://monitor.example.com', 'http://127.0.0.1:3000')
        .replaceAll('http://monitor-1:3000', 'http://127.0.0.1:3000')
        .replaceAll('http://monitor-2:3000', 'http://127.0.0.1:3001')
        .replaceAll('/opt/sentry-monitor/', `${clone.path}/`)
        .replaceAll('/etc/sentry-monitor.auth', auth)
        .replaceAll(
          /(127\.0\.0\.1:|localhost:|--port |PORT=)(\d{4})\b/g,
          (_, what: string, named: string) => `${what}${port(Number(named))}`,
        )
        .replaceAll(/2026-11-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, (instant) =>
          new Date(Date.parse(instant) + shift).toISOString(),
        ),
    output: (text) =>
      [...ports]
        .reduce((all, [named, real]) => all.replaceAll(`:${real}`, `:${named}`), text)
        .replaceAll(auth, '/etc/sentry-monitor.auth'),
  };
}

/** The pages leave it at its default, which another test may use. */
function withSandboxPort(text: string): string {
  return text.replaceAll(/npm run (?:-s )?sandbox\b(?! -- --help)(?: --(?= ))?/g, (call) =>
    call.endsWith(' --') ? `${call} --port 4000` : `${call} -- --port 4000`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
