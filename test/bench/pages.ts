import { endProcesses } from '../support/process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import { postRun } from '../support/e2e/service.ts';
import { endService } from './box.ts';
import { cpuOf, peakOf } from './measure.ts';
import { type Row, thousands, timeOf, wanted } from './rows.ts';

const SECTION = 'Where there is no events table (GlitchTip): every event is read';
/** Garbage is left lying up to a level; what is kept does not grow. */
const MOST_GROWTH_MB = 60;

/** Reading by pages as fast as they come, in rising numbers of events, and once at the default pace. */
export async function pagesRows(): Promise<readonly Row[]> {
  const read = [await readFast(5_000), await readFast(20_000), await readFast(50_000)];
  const grown = read[2]!.peakMb - read[1]!.peakMb;
  return [
    ...read.map(({ row }) => row),
    {
      section: SECTION,
      name: '20,000 to 50,000',
      against: wanted(`${grown.toFixed(0)} MB more at the peak, < ${MOST_GROWTH_MB} MB`, grown < MOST_GROWTH_MB),
      numbers: '',
    },
    await readAtPace(50_000),
  ];
}

async function readFast(events: number): Promise<{ readonly row: Row; readonly peakMb: number }> {
  const { sandbox, query } = await filled(events);
  const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['web'] }], {
    SENTRY_PAGES_PER_SECOND: '0',
    MAX_PAGES: '1000',
    RUN_DEADLINE_SECONDS: '280',
  });
  const pid = service.child.pid!;
  const [cpu, sandboxCpu, began] = [cpuOf(pid), cpuOf(sandbox.pid), performance.now()];
  const { status, body, text } = await postRun(service.url, query);
  const ms = performance.now() - began;
  const [
    {
      totals: [{ events: counted }],
      complete,
    },
  ] = body.reports;
  if (status !== 200 || counted !== events || complete !== true)
    throw new Error(`${status}, ${counted} of ${events}: ${text.slice(0, 300)}`);
  const peakMb = peakOf(pid);
  const row = {
    section: SECTION,
    name: `${thousands(events)} events, unpaced`,
    requests: String(body.sentryRequests),
    time: timeOf({ median: ms, min: ms, max: ms }),
    cpu: `${cpuOf(pid) - cpu} ms`,
    peak: `${peakMb.toFixed(0)} MB`,
    sandboxCpu: `${cpuOf(sandbox.pid) - sandboxCpu} ms`,
    numbers: `${thousands(events)} events, right`,
  };
  await endService(service);
  await endProcesses();
  return { row, peakMb };
}

async function filled(events: number): Promise<{ readonly sandbox: RemoteSandbox; readonly query: string }> {
  const sandbox = await startRemoteSandbox(['--flavour', 'glitchtip']);
  const end = Math.floor((Date.now() - 150_000) / 300_000) * 300_000;
  await sandbox.command('projects', { slug: 'web' });
  await sandbox.command(
    'events',
    Array.from({ length: 200 }, (_, n) => ({
      at: end - 300_000 + n * 1000,
      project: 'web',
      issue: String(1000 + (n % 100)),
      title: `Error: ${n}`,
      user: `id:${n}`,
      repeat: events / 200,
    })),
  );
  return { sandbox, query: `?end=${new Date(end).toISOString()}` };
}

async function readAtPace(events: number): Promise<Row> {
  const { sandbox, query } = await filled(events);
  const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['web'] }]);
  const began = performance.now();
  const { status, body } = await postRun(service.url, query);
  const ms = performance.now() - began;
  const [
    {
      totals: [{ events: counted }],
      complete,
      gaps,
    },
  ] = body.reports;
  const reason = gaps.find(({ part }: { part: string }) => part === 'totals')?.reason as string | undefined;
  if (status !== 200 || complete !== false || reason !== 'not_answered' || counted < 9_000)
    throw new Error(`status ${status}, ${counted} events, complete ${complete}, gap ${reason}`);
  await endService(service);
  await endProcesses();
  return {
    section: SECTION,
    name: `${thousands(events)} events, one page a second`,
    requests: String(body.sentryRequests),
    time: timeOf({ median: ms, min: ms, max: ms }),
    against: `${thousands(counted as number)} counted in time`,
    numbers: `incomplete, and says so (${reason})`,
  };
}
