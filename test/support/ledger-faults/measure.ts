import type { FilterSpec, Posted } from '../e2e/service.ts';
import { answerWords, receiptWords } from '../faults/cell-words.ts';
import { arrived, fill, FIVE_MS, lastEnds, postEnd } from '../ledger/windows.ts';
import { look, verdictsIn } from '../pages/read-page.ts';
import { type RemoteSandbox, type RemoteService, startRemoteSandbox, startRemoteService } from '../process/services.ts';
import { until } from '../time/until.ts';
import type { Row } from './rows.ts';
import type { TroubledLedger } from './types.ts';

const PROJECTS = ['p-0', 'p-1'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project, n) => ({ name: `f-${n}`, projects: [project] }));
const SINKS = { newrelic: 'New Relic', anodot: 'Anodot' } as const;
type Sink = keyof typeof SINKS;

/** Delivers a window, meets the trouble with the next one, and posts both once more when the ledger is well again. */
export async function measure(ledger: TroubledLedger): Promise<Row> {
  const sandbox = await startRemoteSandbox();
  const [end, before] = lastEnds(2) as [number, number];
  await fill(sandbox, PROJECTS, [end, before]);
  const start = (): Promise<RemoteService> => startRemoteService(sandbox, FILTERS, { LEDGER_URL: ledger.url });
  let service = await start();
  await ledger.prepare?.();
  const first = await postEnd(service, before);
  if (first.status !== 200) throw new Error(`the window before: ${first.text}`);
  if (ledger.isLost === true) await noticed(service);
  await ledger.begin();
  if (ledger.isLost === true)
    await until('the loss is noticed', () => service.log().some(({ msg }) => msg === 'ledger is lost'), 20_000);
  const posted = await postEnd(service, end);
  const during = await statesOf(service, posted);
  if (ledger.needsRestart === true) {
    service.child.kill('SIGTERM');
    await service.end();
  }
  await ledger.end();
  if (ledger.needsRestart === true) service = await start();
  await until('it is ready again', async () => (await readyOf(service)) === 'ready', 30_000);
  return {
    answer: answerWords(posted),
    newrelic: sinkWords(posted, 'newrelic'),
    anodot: sinkWords(posted, 'anodot'),
    ...during,
    again: await againWords(service, sandbox, [end, before]),
  };
}

/** After a write the file is marked within three seconds, so that an older copy can be told. */
async function noticed(service: RemoteService): Promise<void> {
  const began = Date.now();
  await until(
    'its file was looked at since',
    () => Date.now() - began > 7_000 && service.child.exitCode === null,
    20_000,
  );
}

async function readyOf({ url }: RemoteService): Promise<string> {
  return (JSON.parse((await look(url, '/readyz')).text) as { status: string }).status;
}

/** NOTE: who asks `readyz` sets off another try to write, so it is asked first. */
async function statesOf(
  service: RemoteService,
  { status }: Posted,
): Promise<Pick<Row, 'readyz' | 'up' | 'log' | 'page'>> {
  const wanted = status === 200 ? 'ready' : 'degraded';
  await until(`readyz is ${wanted}`, async () => (await readyOf(service)) === wanted, 20_000).catch(() => undefined);
  const readyz = await readyOf(service);
  const up = /^sentry_monitor_ledger_up (\d)$/m.exec((await look(service.url, '/metrics')).text)?.[1] ?? 'absent';
  return { readyz, up, log: logWords(service), page: pageWords((await look(service.url)).text) };
}

function logWords(service: RemoteService): string {
  const said = service.log().flatMap(({ msg }) => (/^ledger /.test(String(msg)) ? [`\`${String(msg)}\``] : []));
  return said.length === 0 ? '-' : [...new Set(said)].join(', ');
}

function pageWords(text: string): string {
  const verdict = verdictsIn(text)['ledger'] ?? 'none';
  const said = /^bad: Ledger (?:in trouble|takes no writes)\. (.*?) Sinks that a repeat/.exec(verdict)?.[1];
  if (said !== undefined) return said.replaceAll(/(?:127\.0\.0\.1|localhost):\d+/g, 'host:port');
  return verdict.startsWith('good: ') ? 'in order' : verdict;
}

function sinkWords({ body }: Posted, sink: Sink): string {
  const receipts = (body.reports as { sinks: Record<string, Record<string, unknown>> }[]).map((it) => it.sinks[sink]!);
  const words = receiptWords(body.reports, sink);
  if (receipts.every((it) => String(it['error']).startsWith('not sent: ') && it['accepted'] === 0))
    return 'nothing: it waits';
  if (words !== 'sent') return words;
  return receipts.every(({ unledgered }) => unledgered === true) ? 'all, `unledgered`' : 'all';
}

async function againWords(service: RemoteService, sandbox: RemoteSandbox, ends: readonly number[]): Promise<string> {
  const statuses = new Set<number>();
  for (const end of ends) statuses.add((await postEnd(service, end)).status);
  const copies = await arrived(sandbox);
  const [now, before] = ends.map((end) => windowWords(copies, end));
  const [status] = statuses;
  const what = differingWords(now!, before!);
  return `${statuses.size === 1 ? String(status) : [...statuses].join(' and ')}, ${what}`;
}

function differingWords(now: string, before: string): string {
  if (now === before) return now;
  return now === 'all once' ? `the window before: ${before}` : `${now}; before: ${before}`;
}

function oftenWords(count: number | string): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

function windowWords(copies: ReadonlyMap<string, readonly number[]>, end: number): string {
  const start = new Date(end - FIVE_MS).toISOString();
  const words = (Object.keys(SINKS) as Sink[]).map((sink) => {
    const counts = FILTERS.map(({ name }) => copies.get(`${sink} ${name} ${start}`)?.length ?? 0);
    return [SINKS[sink], new Set(counts).size === 1 ? counts[0]! : counts.join(' and ')] as const;
  });
  if (words.every(([, count]) => count === 1)) return 'all once';
  return words.map(([name, count]) => `${name} ${oftenWords(count)}`).join(', ');
}
