import type { Posted } from '../e2e/service.ts';
import type { RemoteSandbox } from '../process/services.ts';
import { until } from '../time/until.ts';

/** A run that meets them is a good one all the same. */
export const FAULTS_THAT_PASS = [
  { vendor: 'sentry', endpoint: 'events-table', kind: '429-rate', seconds: 1 },
  { vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 503, skip: 1 },
  { vendor: 'newrelic', endpoint: 'nr-metrics', kind: 'cut' },
];

/** How runs are posted: with a query of their own, or as the cron does, over the window that many windows back. */
export interface Posts {
  post(query: string): Promise<Posted>;
  plain(back: number): Promise<Posted>;
}

/** Runs with all kinds of trouble, until the run events of these four and of the good one before them are there. */
export async function playTrouble(sandbox: RemoteSandbox, { post, plain }: Posts, end: number): Promise<void> {
  const { command } = sandbox;
  await command('faults', { vendor: 'anodot', kind: 'status', status: 401 });
  await plain(1);
  await post(`?sink=anodot&end=${new Date(end - 300_000).toISOString()}`);
  await command('faults', { vendor: 'sentry', kind: 'status', status: 401, times: 0 });
  await plain(4);
  await sandbox.heal();
  const refusal = { vendor: 'anodot', kind: 'partial-refusal', indices: [0, 4], code: 2009, description: 'no' };
  await command('faults', refusal);
  await plain(2);
  await command('faults', { vendor: 'anodot', kind: 'stored-no-answer' });
  await plain(3);
  await post(`?debug=true&end=${new Date(end).toISOString()}`);
  const runEvents = async (): Promise<number> =>
    (await sandbox.received()).newrelic.events.filter(({ record }) => record['eventType'] === 'SentryMonitorRun')
      .length;
  await until('the run events of the five plain runs are there', async () => (await runEvents()) === 5);
}
