import { endProcesses, startRemoteSandbox, startRemoteService, type RemoteSandbox } from '../support/e2e-process.ts';
import { postRun, type FilterSpec } from '../support/e2e-service.ts';
import { cpuOf, peakOf, say } from './measure.ts';

/**
 * What a run costs when events, issues or filters grow: requests, time, the service's own CPU time and memory. The service and
 * the sandbox are processes of their own; the sandbox counts rows by brute force, so its share of the time grows with the events.
 */
const WINDOWS = 5;

interface Measured {
  readonly requests: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Median run over some windows, each with so many events in so many issues of one project. */
async function measure(events: number, issues: number, filters: number): Promise<Measured> {
  const sandbox = await startRemoteSandbox();
  const last = Math.floor((Date.now() - 150_000) / 300_000) * 300_000;
  await sandbox.command('projects', { slug: 'web' });
  for (let n = 0; n < WINDOWS; n++) await fill(sandbox, last - (n + 1) * 300_000, events, issues);
  const specs = Array.from({ length: filters }, (_, n): FilterSpec => ({ name: `filter-${n}`, projects: ['web'] }));
  const service = await startRemoteService(sandbox, specs, { RUN_DEADLINE_SECONDS: '300' });
  const runs: Measured[] = [];
  for (let n = 0; n < WINDOWS; n++) {
    const [cpu, began] = [cpuOf(service.child.pid!), performance.now()];
    const { status, body } = await postRun(service.url, `?end=${new Date(last - n * 300_000).toISOString()}`);
    const counted = body.reports[0].totals[0].events as number;
    if (status !== 200 || counted !== events) throw new Error(`status ${status}, ${counted} events of ${events}`);
    runs.push({ requests: body.sentryRequests as number, ms: performance.now() - began, cpuMs: cpuOf(service.child.pid!) - cpu, peakMb: peakOf(service.child.pid!) });
  }
  await endProcesses();
  return { requests: middle(runs.map((it) => it.requests)), ms: middle(runs.map((it) => it.ms)), cpuMs: middle(runs.map((it) => it.cpuMs)), peakMb: Math.max(...runs.map((it) => it.peakMb)) };
}

async function fill(sandbox: RemoteSandbox, start: number, events: number, issues: number): Promise<void> {
  const each = events / issues;
  await sandbox.command('events', Array.from({ length: issues }, (_, n) => ({ at: start + 1000, project: 'web', issue: String(1000 + n), title: `Error: ${n}`, level: 'error', repeat: each })));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function table(title: string, rows: readonly (readonly [string, Measured])[]): void {
  const first = rows[0]![1];
  say(`\n${title.padEnd(26)}requests      run ms   service CPU ms   peak MB`);
  for (const [name, it] of rows) {
    const ratio = (of: keyof Measured): string => `(x${(it[of] / first[of]).toFixed(1)})`;
    say(`${name.padEnd(26)}${`${it.requests} ${ratio('requests')}`.padStart(8)}${`${it.ms.toFixed(0)} ${ratio('ms')}`.padStart(15)}${`${it.cpuMs} ${ratio('cpuMs')}`.padStart(15)}${it.peakMb.toFixed(0).padStart(10)}`);
  }
}

table('events (100 issues)', [
  ['2,000', await measure(2_000, 100, 1)], ['20,000', await measure(20_000, 100, 1)], ['200,000', await measure(200_000, 100, 1)],
]);
table('issues (20,000 events)', [['100', await measure(20_000, 100, 1)], ['1,000', await measure(20_000, 1_000, 1)]]);
table('filters (2,000 events)', [['1', await measure(2_000, 100, 1)], ['5', await measure(2_000, 100, 5)], ['25', await measure(2_000, 100, 25)]]);
