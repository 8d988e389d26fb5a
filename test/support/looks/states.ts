import assert from 'node:assert/strict';
import type { BrowserContextOptions } from 'playwright-core';
import { burst, type LedgerBench, openLedgerBench, START } from '../e2e/bench.ts';
import type { FilterSpec, Service } from '../e2e/service.ts';
import { dice } from '../e2e/story.ts';
import { ANN, servePeople } from './people.ts';

/** A state that the page may be in, and how somebody looks at it. */
export interface State {
  readonly name: string;
  readonly path: string;
  readonly look: BrowserContextOptions;
  /** Brings a service into it. */
  readonly make: (bench: LedgerBench) => Promise<Service>;
}

const FIVE = 300_000;
const TITLES = [
  'TypeError: Cannot read properties of undefined',
  'IntegrityError: duplicate key value violates a unique constraint of orders, while the basket of a customer is saved ' +
    'a second time by another worker, which has the same number',
  'Timeout: the payment provider did not answer within 30 s',
];
const SHOP: readonly FilterSpec[] = [
  { name: 'shop', team: 'sales', projects: ['web', 'api'], tags: ['region'] },
  { name: 'checkout', team: 'sales', projects: ['web'], searchTerms: ['payment'] },
  { name: 'background', team: 'platform', projects: ['jobs'] },
];
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true };

/** Half a day of events, always the same. `surge`: a new issue and many more of an old one in the last window. */
function fill({ sandbox: { world } }: LedgerBench, surge: boolean): void {
  const next = dice(7);
  for (const slug of ['web', 'api', 'jobs']) world.addProject({ slug });
  for (let back = 0; back < 144; back++) {
    const at = START - back * FIVE;
    for (const [n, project] of ['web', 'api', 'jobs'].entries())
      world.addEvents(
        burst(project, 100 + n, Math.floor(4 + 3 * Math.sin(back / 20) + 5 * next()), {
          at,
          title: TITLES[n]!,
          tags: { region: ['eu', 'us'][Math.floor(next() * 2)]! },
        }),
      );
  }
  if (!surge) return;
  world.addEvents(burst('api', 101, 60, { title: TITLES[1]!, tags: { region: 'eu' } }));
  world.addEvents(burst('web', 200, 9, { title: TITLES[2]!, tags: { region: 'us' } }));
}

const endOf = (back: number): string => new Date(START + FIVE - back * FIVE).toISOString();

/** Half a day but for the last window, with a hole that nobody posted. */
async function past(bench: LedgerBench, surge: boolean): Promise<Service> {
  fill(bench, surge);
  const service = await bench.serve(SHOP, { LEDGER_URL: bench.ledgerUrl, TREND_BASELINES: '1h', CATCH_UP_HOURS: '0' });
  await run(service, `?start=${endOf(144)}&end=${endOf(40)}`);
  await run(service, `?start=${endOf(36)}&end=${endOf(1)}`);
  return service;
}

async function counted(bench: LedgerBench, surge: boolean): Promise<Service> {
  const service = await past(bench, surge);
  await run(service, '');
  return service;
}

async function run(service: Service, query: string, status = 200): Promise<void> {
  const { status: got, text } = await service.post(query);
  assert.equal(got, status, `${query}: ${text.slice(0, 500)}`);
}

/** No event of any project after half a day of them. */
async function silent(bench: LedgerBench): Promise<Service> {
  const service = await counted(bench, false);
  bench.clock.advance(FIVE);
  await run(service, '');
  return service;
}

async function refused(bench: LedgerBench): Promise<Service> {
  const service = await past(bench, false);
  const fault = { vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 400, times: 0 } as const;
  bench.sandbox.world.faults.add(fault);
  await run(service, '', 503);
  return service;
}

async function sinkDown(bench: LedgerBench): Promise<Service> {
  bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
  fill(bench, true);
  const service = await bench.serve(SHOP, { LEDGER_URL: bench.ledgerUrl });
  await run(service, '', 502);
  return service;
}

async function lateCron(bench: LedgerBench): Promise<Service> {
  const service = await counted(bench, false);
  bench.clock.advance(9 * FIVE);
  return service;
}

async function noLedger(bench: LedgerBench): Promise<Service> {
  fill(bench, false);
  const service = await bench.serve(SHOP, {
    LEDGER_URL: 'postgres://monitor@127.0.0.1:1/ledger',
    LEDGER_ON_ERROR: 'send',
  });
  await run(service, '');
  return service;
}

async function many(bench: LedgerBench): Promise<Service> {
  fill(bench, true);
  const filters = Array.from({ length: 60 }, (_, n) => ({
    name: `filter-${String(n).padStart(2, '0')}`,
    team: ['billing', 'identity', 'mobile', 'platform', 'search'][n % 5]!,
    projects: n === 33 ? ['web', 'gone'] : ['jobs'],
  }));
  const service = await bench.serve(filters, { LEDGER_URL: bench.ledgerUrl });
  await run(service, '');
  return service;
}

async function newServer(bench: LedgerBench): Promise<Service> {
  fill(bench, false);
  return bench.serve(SHOP, { LEDGER_URL: bench.ledgerUrl });
}

const calm = (bench: LedgerBench): Promise<Service> => counted(bench, false);
const trending = (bench: LedgerBench): Promise<Service> => counted(bench, true);

/** Those that people meet. */
export const STATES: readonly State[] = [
  { name: 'overview-calm', path: '/', look: DESK, make: calm },
  { name: 'overview-trending-dark', path: '/', look: { ...DESK, colorScheme: 'dark' }, make: trending },
  { name: 'overview-trending-phone', path: '/', look: PHONE, make: trending },
  { name: 'overview-new-server', path: '/', look: DESK, make: newServer },
  { name: 'overview-nothing-counted', path: '/', look: DESK, make: refused },
  { name: 'overview-silent', path: '/', look: DESK, make: silent },
  { name: 'overview-late', path: '/', look: DESK, make: lateCron },
  { name: 'overview-many-filters', path: '/', look: DESK, make: many },
  { name: 'filter', path: '/filters/shop', look: DESK, make: trending },
  { name: 'filter-phone-dark', path: '/filters/shop', look: { ...PHONE, colorScheme: 'dark' }, make: trending },
  { name: 'overview-alerts', path: '/', look: { ...DESK, httpCredentials: ANN }, make: servePeople },
  { name: 'filter-alerts', path: '/filters/shop?range=1h', look: { ...DESK, httpCredentials: ANN }, make: servePeople },
  { name: 'messages', path: '/messages', look: { ...DESK, httpCredentials: ANN }, make: servePeople },
  {
    name: 'messages-phone-dark',
    path: '/messages',
    look: { ...PHONE, colorScheme: 'dark', httpCredentials: ANN },
    make: servePeople,
  },
  { name: 'status-sink-down', path: '/status', look: DESK, make: sinkDown },
  { name: 'status-ledger-away', path: '/status', look: DESK, make: noLedger },
];

/** A bench in this state. */
export async function openState({ make }: State): Promise<{ readonly bench: LedgerBench; readonly service: Service }> {
  const bench = await openLedgerBench({ time: 'stopped' });
  try {
    return { bench, service: await make(bench) };
  } catch (error) {
    await bench.close();
    throw error;
  }
}
