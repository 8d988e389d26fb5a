import assert from 'node:assert/strict';
import type { Fault } from '../../../sandbox/index.ts';
import { until } from '../time/until.ts';
import { type RemoteSandbox, type RemoteService, startRemoteSandbox, startRemoteService } from '../process/services.ts';
import { taken } from '../e2e/received-records.ts';
import { TOKEN } from './run-trigger.ts';

const FILTER = { name: 'crm', projects: ['crm-web'] };
const EVENTS = 7;

/** What makes a server answer so; `shown`: a pattern. */
export const FAULTS: readonly {
  readonly fault: Fault;
  readonly env: Readonly<Record<string, string>>;
  readonly shown: string;
}[] = [
  { fault: { vendor: 'anodot', kind: 'status', status: 400, times: 0 }, env: {}, shown: '502 sent=some anodot: 400' },
  {
    fault: { vendor: 'sentry', endpoint: 'events-table', kind: 'hang', times: 0 },
    env: { RUN_DEADLINE_SECONDS: '1' },
    shown: '504 sent=none the run.s deadline passed \\(RUN_DEADLINE_SECONDS\\).*',
  },
];

/** The sandbox and servers of it as processes, with the same events in every window that a tick of now can mean. */
export interface Box {
  readonly sandbox: RemoteSandbox;
  serve(env?: Readonly<Record<string, string>>): Promise<RemoteService>;
  fault(fault: Fault): Promise<void>;
  /** Both sinks hold the tick's window, once. */
  sentOnce(at: number): Promise<void>;
}

export async function openBox(): Promise<Box> {
  const sandbox = await startRemoteSandbox();
  await sandbox.command('projects', { slug: 'crm-web' });
  const start = windowStart(Date.now() / 1000);
  await sandbox.command(
    'events',
    [start, start + 300_000].map((at) => ({
      at,
      project: 'crm-web',
      issue: '77',
      repeat: EVENTS,
      environment: 'production',
    })),
  );
  return {
    sandbox,
    serve: (env = {}) =>
      startRemoteService(sandbox, [FILTER], {
        TRIGGER_TOKEN: TOKEN,
        HOST: '127.0.0.1',
        SENTRY_SOURCE: 'table',
        ...env,
      }),
    fault: async (fault) => void (await sandbox.command('faults', fault)),
    sentOnce: async (at) => {
      const { events, samples } = taken(await sandbox.received());
      const counts = events
        .filter(({ type }) => type === 'event_count')
        .map(({ value, windowStart: from }) => [value, from]);
      const series = samples
        .filter(({ properties }) => properties['what'] === 'sentry_events')
        .map(({ value, timestamp }) => [value, timestamp * 1000]);
      assert.deepEqual([counts, series], [[[EVENTS, windowStart(at)]], [[EVENTS, windowStart(at)]]]);
    },
  };
}

/** Of the last window that was settled at that second, ms. */
export function windowStart(at: number): number {
  return Math.floor((at - 120) / 300) * 300_000 - 300_000;
}

/** Windows of the runs a server began. */
export function runsOf(service: RemoteService): number[] {
  return service
    .log()
    .filter(({ msg }) => msg === 'run begins')
    .map(({ window }) => Date.parse(String(window)));
}

/**
 * Posts to a server whose Sentry hangs, and sends it SIGTERM: it holds a run and takes no other.
 * `answer`: what became of that post.
 */
export async function drain(
  box: Box,
  service: RemoteService,
): Promise<{ readonly answer: Promise<number | undefined> }> {
  await box.fault({ vendor: 'sentry', endpoint: 'events-table', kind: 'hang', times: 1 });
  const answer = fetch(`${service.url}/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, connection: 'close' },
  }).then(
    ({ status }) => status,
    () => undefined,
  );
  await until('its run hangs at Sentry', async () =>
    (await box.sandbox.requests()).requests.some(({ fault, status }) => fault === 'hang' && status === null),
  );
  service.child.kill('SIGTERM');
  await until('it shuts down', () => service.log().some(({ msg }) => msg === 'shutting down'));
  return { answer };
}
