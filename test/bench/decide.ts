import { decideWindows } from '../../src/core/alerts/decide/decide-windows.ts';
import type { WindowFacts } from '../../src/core/model/alerting/facts.ts';
import { PERIOD_MS } from '../../src/core/model/window.ts';
import type { AlertStore } from '../../src/core/ports/alerting/alert-store.ts';
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
import { watchFile } from './watch-file.ts';

const ISSUES = 10_000;
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
  put(start: number): Promise<unknown>;
  /** How long the file was held at most since the last time, ms; undefined: there is none. */
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
  const file = box.url.startsWith('sqlite:') ? await watchFile(box.url.slice('sqlite:'.length)) : undefined;
  return {
    name,
    alerts: sqlAlerts(box.database),
    put: (start) => history.put([reportIn('crm', start)]),
    ...(file === undefined ? {} : { held: file.held }),
    close: async () => {
      await file?.end();
      await box.close();
    },
  };
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
  const [decided] = await decideWindows([{ filter: CRM, facts }], {
    alerts,
    now: start + PERIOD_MS,
    loadedAt: FIRST,
    pageOf: () => null,
  });
  const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(cpu)];
  return { ms, cpuMs: (user + system) / 1000, held: held?.(), tellings: decided!.tellings.length };
}

/** A thousand are new in this window; a hundred trend. */
function busy(n: number, start: number): WindowFacts {
  return factsIn('crm', start, {
    events: ISSUES * 13,
    issues: Array.from({ length: ISSUES }, (_, index) =>
      issueIn(String(6_507_376_925 + (index % 10 === 0 ? index + n : index) * 7919), index % 26, {
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
