import { endProcesses, startRemoteSandbox, startRemoteService, type RemoteSandbox } from '../support/e2e-process.ts';
import { postRun } from '../support/e2e-service.ts';
import { cpuOf, peakOf, say } from './measure.ts';

/**
 * What reading by pages costs: 5,000 to 50,000 events of one window, as fast as they come, and once at the default pace. The
 * service is a process of its own and reads a GlitchTip; every number is compared with the sandbox's own count.
 */
interface Read {
  readonly pages: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly startMb: number;
  readonly peakMb: number;
}

async function read(events: number): Promise<Read> {
  const { sandbox, query } = await filled(events);
  const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['web'] }], { SENTRY_PAGES_PER_SECOND: '0', MAX_PAGES: '1000', RUN_DEADLINE_SECONDS: '300' });
  const pid = service.child.pid!;
  const [startMb, cpu, began] = [peakOf(pid), cpuOf(pid), performance.now()];
  const { status, body, text } = await postRun(service.url, query);
  const [{ totals: [{ events: counted }], complete }] = body.reports;
  if (status !== 200 || counted !== events || complete !== true) throw new Error(`${status}, ${counted} of ${events}: ${text.slice(0, 300)}`);
  const result = { pages: body.sentryRequests as number, ms: performance.now() - began, cpuMs: cpuOf(pid) - cpu, startMb, peakMb: peakOf(pid) };
  await endProcesses();
  return result;
}

async function filled(events: number): Promise<{ readonly sandbox: RemoteSandbox; readonly query: string }> {
  const sandbox = await startRemoteSandbox(['--flavour', 'glitchtip']);
  const end = Math.floor((Date.now() - 150_000) / 300_000) * 300_000;
  await sandbox.command('projects', { slug: 'web' });
  await sandbox.command('events', Array.from({ length: 200 }, (_, n) => ({ at: end - 300_000 + n * 1000, project: 'web', issue: String(1000 + (n % 100)), title: `Error: ${n}`, user: `id:${n}`, repeat: events / 200 })));
  return { sandbox, query: `?end=${new Date(end).toISOString()}` };
}

async function atDefaultPace(events: number): Promise<void> {
  const { sandbox, query } = await filled(events);
  const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['web'] }]);
  const began = performance.now();
  const { status, headers, body } = await postRun(service.url, query);
  const [{ totals: [{ events: counted }], complete, gaps }] = body.reports;
  const reason = gaps.find(({ part }: { part: string }) => part === 'totals')?.reason as string | undefined;
  const seconds = (performance.now() - began) / 1000;
  say(`\nat the default pace, ${events} events: ${counted} counted in ${seconds.toFixed(0)} s, status ${status}, sent ${headers.get('sentry-monitor-sent')}, complete ${complete}, gap ${reason ?? 'none'}`);
  if (status !== 200 || complete !== false || reason !== 'not_answered' || counted < 9_000 || seconds > 120) throw new Error('not as it must be');
  await endProcesses();
}

const rows = [['5,000 events', await read(5_000)], ['20,000 events', await read(20_000)], ['50,000 events', await read(50_000)]] as const;
say('\nby pages                  requests      run ms   service CPU ms   MB before   peak MB');
for (const [name, it] of rows) {
  say(`${name.padEnd(26)}${String(it.pages).padStart(8)}${it.ms.toFixed(0).padStart(12)}${String(it.cpuMs).padStart(17)}${it.startMb.toFixed(0).padStart(12)}${it.peakMb.toFixed(0).padStart(10)}`);
}
const grown = rows[2][1].peakMb - rows[1][1].peakMb;
say(`from 20,000 to 50,000 events: ${grown.toFixed(0)} MB more at the peak; what is kept does not grow, but garbage is left lying up to a level`);
if (grown > 60) throw new Error('memory is not flat');
await atDefaultPace(50_000);
