import assert from 'node:assert/strict';
import { burst, type LedgerBench, START } from '../e2e/bench.ts';
import type { Service } from '../e2e/service.ts';

const FIVE = 300_000;
const TOKEN = 'ann-token-0123456789';

/** Who may look and act on a bench of people. */
export const ANN = { username: 'ann', password: TOKEN };
const HEADERS = { authorization: `Basic ${Buffer.from(`ann:${TOKEN}`).toString('base64')}` };

const TITLE = 'Timeout: the payment provider did not answer within 30 s';

/**
 * An hour of three filters with rules, in two runs: two alerts last and one was told, a channel takes nothing, a filter
 * is muted, a release was made. NOTE: a run has at most one message for each instant, so that their order is known.
 */
export async function servePeople(bench: LedgerBench): Promise<Service> {
  const { world } = bench.sandbox;
  for (const slug of ['web', 'api', 'jobs']) world.addProject({ slug });
  for (let back = -1; back < 20; back++)
    for (const [n, project] of ['web', 'api', 'jobs'].entries())
      world.addEvents(burst(project, 100 + n, 9 + 3 * n, { at: START - back * FIVE, title: `Error: steady ${n}` }));
  world.addEvents(burst('web', 200, 44, { at: START + FIVE, title: TITLE }));
  world.addEvents(burst('jobs', 201, 60, { at: START + FIVE, title: 'Error: queue is full' }));
  world.faults.add({ vendor: 'webhook', kind: 'status', status: 403, match: '/hook/night', times: 0 });
  const service = await serveRules(bench);
  await post(service, `?start=${iso(START - 11 * FIVE)}&end=${iso(START)}`);
  await act(service, '/mute?filter=jobs&for=4h&why=the queue is being moved');
  await post(service);
  await act(service, '/deploys?team=sales&release=shop@1.4.2&minutes=30');
  bench.clock.advance(FIVE);
  await post(service);
  return service;
}

async function post(service: Service, query = ''): Promise<void> {
  const { status, text } = await service.post(query);
  assert.equal(status, 200, text.slice(0, 500));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function serveRules(bench: LedgerBench): Promise<Service> {
  const hook = (name: string) => ({ webhook: `${bench.sandbox.url}/hook/${name}`, key: 'HOOK_KEY' });
  const file = {
    channels: { crm: hook('crm'), night: hook('night') },
    defaults: { tell: 'crm' },
    filters: [
      {
        ...{ name: 'shop', team: 'sales', projects: ['web', 'api'] },
        alerts: [{ when: 'events > 40', severity: 'critical' }, 'new', 'none for 30m'],
      },
      { name: 'api', team: 'platform', projects: ['api'], alerts: [{ when: 'events > 10', tell: 'night' }] },
      { name: 'jobs', team: 'platform', projects: ['jobs'], alerts: ['events > 50'] },
    ],
  };
  const env = {
    LEDGER_URL: bench.ledgerUrl,
    HOOK_KEY: bench.sandbox.keys.webhookKey,
    PAGE_ACTIONS: 'true',
    PAGE_USERS: `ann:${TOKEN}`,
    LEASE_SECONDS: '600',
  };
  return bench.serve([], env, { file: JSON.stringify(file) });
}

async function act({ url }: Service, path: string): Promise<void> {
  const response = await fetch(`${url}${path.replaceAll(' ', '+')}`, {
    method: 'POST',
    headers: { connection: 'close' },
  });
  assert.equal(response.status, 200, await response.text());
}

/** A page as ann gets it. */
export async function lookAsAnn({ url }: Service, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`, { headers: { connection: 'close', ...HEADERS } });
  assert.equal(response.status, 200, path);
  return response.text();
}
