import { endProcesses, startRemoteSandbox, startRemoteService } from '../support/e2e-process.ts';
import { fill, lastEnds, postEnd } from '../support/e2e-ledger.ts';
import type { FilterSpec } from '../support/e2e-service.ts';
import { freshDatabase, stopPostgres } from '../support/postgres.ts';
import { startProxy } from '../support/tcp-proxy.ts';

/** What a ledger on this machine's PostgreSQL costs a run: time against the stateless one, and statements. */
const WINDOWS = 9;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Measured {
  readonly ms: number;
  readonly statements: number;
  readonly sentryRequests: number;
}

async function measure(filters: number, isShared: boolean, slowMs: number): Promise<Measured> {
  const sandbox = await startRemoteSandbox();
  const ends = lastEnds(WINDOWS);
  await fill(sandbox, ['p-0'], ends);
  if (slowMs > 0) await sandbox.command('faults', { vendor: 'sentry', kind: 'slow', ms: slowMs, times: 0 });
  const specs = Array.from({ length: filters }, (_, n): FilterSpec => ({ name: `f-${n}`, projects: ['p-0'] }));
  const database = await freshDatabase();
  const proxy = await startProxy(database.port);
  const service = await startRemoteService(sandbox, specs, { RUN_DEADLINE_SECONDS: '300', ...(isShared ? { LEDGER_URL: database.at(proxy.port) } : {}) });
  const runs: Measured[] = [];
  for (const end of ends) {
    const [before, began] = [proxy.statements(), performance.now()];
    const { status, body } = await postEnd(service, end);
    if (status !== 200) throw new Error(`status ${status}`);
    runs.push({ ms: performance.now() - began, statements: proxy.statements() - before, sentryRequests: body.sentryRequests as number });
  }
  await endProcesses();
  await proxy.close();
  await database.drop();
  // The first run connects and fills caches.
  const warm = runs.slice(1);
  return { ms: middle(warm.map(({ ms }) => ms)), statements: Math.max(...warm.map(({ statements }) => statements)), sentryRequests: middle(warm.map((it) => it.sentryRequests)) };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

say(`${'filters'.padEnd(10)}${'Sentry answers in ms'.padStart(22)}${'stateless ms'.padStart(14)}${'ledger ms'.padStart(12)}${'ratio'.padStart(8)}${'statements'.padStart(12)}${'Sentry requests, without and with'.padStart(36)}`);
for (const [filters, slowMs] of [[10, 0], [100, 0], [10, 50], [100, 50]] as const) {
  const [alone, shared] = [await measure(filters, false, slowMs), await measure(filters, true, slowMs)];
  say(`${String(filters).padEnd(10)}${String(slowMs).padStart(22)}${alone.ms.toFixed(0).padStart(14)}${shared.ms.toFixed(0).padStart(12)}${(shared.ms / alone.ms).toFixed(2).padStart(8)}${String(shared.statements).padStart(12)}${`${alone.sentryRequests}, ${shared.sentryRequests}`.padStart(36)}`);
}
await stopPostgres();
