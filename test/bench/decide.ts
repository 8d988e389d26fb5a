import type { Transaction } from 'kysely';
import type { DecideDeps } from '../../src/core/alerts/decide/ask.ts';
import { decideWindows } from '../../src/core/alerts/decide/decide-windows.ts';
import type { WindowFacts } from '../../src/core/model/alerting/facts.ts';
import { PERIOD_MS } from '../../src/core/model/window.ts';
import type { AlertStore } from '../../src/core/ports/alerting/alert-store.ts';
import { batches } from '../../src/core/telling/batches.ts';
import type { Database } from '../../src/storage/database/database.ts';
import type { Engine } from '../../src/storage/database/engine.ts';
import type { Tables } from '../../src/storage/database/tables.ts';
import { sqlAlerts } from '../../src/storage/ledger/alerts/index.ts';
import { sqlHistory } from '../../src/storage/ledger/history.ts';
import { memoryAlerts } from '../../src/storage/memory/alerts/index.ts';
import { ruleOf } from '../support/alerting/engine/rules.ts';
import { factsIn, issueIn, reportIn } from '../support/alerting/stage.ts';
import { filterOf } from '../support/build/reports.ts';
import { claimsDeps, KINDS } from '../support/ledger/ledgers.ts';
import { stopPostgres } from '../support/ledger/postgres.ts';
import { spread } from './measure.ts';
import { type Plan, type Row, thousands, timeOf, wanted } from './rows.ts';

const ISSUES = 10_000;
/** The same issues in so many filters. */
const MANY = 500;
const MOST_MS = 1_000;
/** So long a transaction may hold the file, ms. */
const MOST_HELD_MS = 50;
/** 2026-11-20T10:00Z. */
const FIRST = 1_795_168_800_000;
const SECTION = `Deciding a window of ${thousands(ISSUES)} active issues by five rules (new, trending, events, events of each issue, top of a week)`;
const CRM = filterOf({
  name: 'crm',
  alerts: [
    ruleOf('new'),
    ruleOf('trending'),
    ruleOf('events > 100'),
    ruleOf('events > 20', { each: 'issue' }),
    ruleOf('top 10 of 7d > 200'),
  ],
});

interface Place {
  readonly name: string;
  readonly alerts: AlertStore;
  /** As a run does, before anything is decided. */
  put(start: number, filter?: string): Promise<unknown>;
  /** The longest transaction since the last time, ms: so long nobody else could write. Undefined: no file is locked. */
  held?(): number;
  close(): Promise<void>;
}

/** The first window brings all issues anew, the others have them again: one in ten more is new. */
export async function decideRows({ reps }: Plan): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const open of [
    inMemory,
    ...KINDS.map(
      ({ kind, open: box }) =>
        () =>
          inDatabase(kind, box),
    ),
  ]) {
    const place = await open();
    try {
      const first = await timed(place, 0);
      const others = [];
      for (let n = 1; n <= reps; n++) others.push(await timed(place, n));
      rows.push(rowOf(place.name, 'all unknown', [first]), rowOf(place.name, 'known', others));
      if (place.held !== undefined) rows.push(await batchesRow(place, reps));
    } finally {
      await place.close();
    }
  }
  await stopPostgres();
  return rows;
}

async function inMemory(): Promise<Place> {
  const { alerts } = memoryAlerts(() => FIRST);
  return { name: 'in memory', alerts, put: async () => undefined, close: async () => undefined };
}

async function inDatabase(name: string, open: (typeof KINDS)[number]['open']): Promise<Place> {
  const box = await open();
  const history = sqlHistory(box.database, claimsDeps);
  await box.database.ready();
  const { database, held } = timing(box.database);
  return {
    name,
    alerts: sqlAlerts(database),
    put: (start, filter = 'crm') => history.put([reportIn(filter, start)]),
    ...(box.url.startsWith('sqlite:') ? { held } : {}),
    close: box.close,
  };
}

/** Its transactions, from when one has its turn until it is over. */
function timing(database: Database): { readonly database: Database; held(): number } {
  let longest = 0;
  const transactionOf = (db: Engine['db']) => () => ({
    async execute<T>(act: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
      let began = 0;
      const result = await db.transaction().execute((trx) => {
        began = performance.now();
        return act(trx);
      });
      longest = Math.max(longest, performance.now() - began);
      return result;
    },
  });
  const timed = (db: Engine['db']): Engine['db'] =>
    new Proxy(db, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        if (name === 'transaction') return transactionOf(target);
        return typeof found === 'function' ? (found.bind(target) as unknown) : found;
      },
    });
  const ready: Database['ready'] = async () => {
    const engine = await database.ready();
    return { ...engine, db: timed(engine.db) };
  };
  const held = (): number => {
    const found = Math.round(longest);
    longest = 0;
    return found;
  };
  return { database: { ...database, ready }, held };
}

/** As a run decides many filters: so many at a time. */
async function batchesRow(place: Place, reps: number): Promise<Row> {
  const all = Array.from({ length: MANY }, (_, n) => filterOf({ ...CRM, name: `crm-${n}` }));
  const found: Timed[] = [];
  for (let n = 0; n <= reps; n++) {
    const start = FIRST + n * PERIOD_MS;
    const { issues } = busy(n, start);
    const fresh = all.map((filter, m) => ({ filter, facts: share(filter.name, start, issues, m) }));
    for (const { name } of all) await place.put(start, name);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    place.held!();
    let tellings = 0;
    for (const some of batches(fresh))
      for (const decided of await decideWindows(some, depsOf(place, start))) tellings += decided.tellings.length;
    const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(cpu)];
    found.push({ ms, cpuMs: (user + system) / 1000, held: place.held!(), tellings });
  }
  return rowOf(place.name, `${MANY} filters of ${ISSUES / MANY} issues, known`, found.slice(1));
}

interface Timed {
  readonly ms: number;
  readonly cpuMs: number;
  readonly held: number | undefined;
  readonly tellings: number;
}

async function timed({ alerts, put, held }: Place, n: number): Promise<Timed> {
  const start = FIRST + n * PERIOD_MS;
  const facts = busy(n, start);
  await put(start);
  held?.();
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const [decided] = await decideWindows([{ filter: CRM, facts }], depsOf({ alerts }, start));
  const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(cpu)];
  return { ms, cpuMs: (user + system) / 1000, held: held?.(), tellings: decided!.tellings.length };
}

function depsOf({ alerts }: Pick<Place, 'alerts'>, start: number): DecideDeps {
  return { alerts, now: start + PERIOD_MS, loadedAt: FIRST, pageOf: () => null };
}

/** The m-th of so many equal shares. */
function share(filter: string, start: number, all: WindowFacts['issues'], m: number): WindowFacts {
  const each = ISSUES / MANY;
  return factsIn(filter, start, { events: 13 * each, issues: all.slice(m * each, (m + 1) * each) });
}

/** A thousand are new in this window; a hundred trend. */
function busy(n: number, start: number): WindowFacts {
  return factsIn('crm', start, {
    events: ISSUES * 13,
    issues: Array.from({ length: ISSUES }, (_, index) =>
      issueIn(String(6_507_376_925 + (index % 10 === 0 ? index + n * ISSUES : index)), index % 26, {
        isNew: index % 10 === 0,
        firstSeen: index % 10 === 0 ? start + 1 : FIRST - 1,
        trending: index % 100 === 5,
        score: 9,
        expected: 1,
      }),
    ),
  });
}

function rowOf(place: string, what: string, all: readonly Timed[]): Row {
  const time = spread(all.map(({ ms }) => ms));
  const held = all.flatMap((it) => (it.held === undefined ? [] : [it.held]));
  const bounds = [
    wanted(`≤ ${MOST_MS} ms`, time.max <= MOST_MS),
    ...(held.length === 0
      ? []
      : [
          wanted(
            `the file is held for ${Math.max(...held)} ms, ≤ ${MOST_HELD_MS} ms`,
            Math.max(...held) <= MOST_HELD_MS,
          ),
        ]),
  ];
  return {
    section: SECTION,
    name: `${place}, ${what}`,
    time: timeOf(time),
    against: bounds.join('; '),
    cpu: `${spread(all.map(({ cpuMs }) => cpuMs)).median.toFixed(0)} ms`,
    numbers: `${[...new Set(all.map(({ tellings }) => thousands(tellings)))].join(', ')} alerts told`,
  };
}
