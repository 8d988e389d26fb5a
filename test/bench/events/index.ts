import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../src/core/model/window.ts';
import { foldCounts } from '../../../src/storage/ledger/events/fold.ts';
import { sqlEvents } from '../../../src/storage/ledger/events/index.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { stopPostgres } from '../../support/ledger/postgres.ts';
import { type Plan, type Row, thousands, timeOf, wanted } from '../rows.ts';
import { fill, pastTimes, reportTimes } from './reading.ts';
import { BATCH, storingRow } from './storing.ts';
import { FIRST } from './story.ts';

const STORING = `Storing events of a day, ${BATCH} a transaction, against the same rows put into the same keys, from their text on`;
const READING = 'A report on a window of 50,000 stored events';
const PAST = 'The past of 1,000 issues in the hour before, in one statement';
const IN_WINDOW = { events: 50_000, spanMs: PERIOD_MS, issues: 1_000 };
const OUTSIDE = { events: 100_000, spanMs: DAY_MS, issues: 1_000 };
/** A report may take so many times as long when all this is stored outside its window, and so long, ms. */
const MOST = { times: 1.25, ms: 1_500 };

export async function eventRows({ reps }: Plan): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { kind, open } of KINDS) {
    const withBox = async (act: (box: LedgerBox) => Promise<readonly Row[]>): Promise<void> => {
      const box = await open();
      try {
        rows.push(...(await act(box)));
      } finally {
        await box.close();
      }
    };
    const spanMs = DAY_MS;
    await withBox(async (box) => [await storingRow(kind, box, STORING, { events: 100_000, spanMs, issues: 200 })]);
    await withBox(async (box) => [await storingRow(kind, box, STORING, { events: 30_000, spanMs, issues: 1_000 })]);
    await withBox((box) => readingRows(kind, box, reps));
  }
  await stopPostgres();
  return rows.toSorted((one, other) => one.section.localeCompare(other.section));
}

async function readingRows(kind: string, box: LedgerBox, reps: number): Promise<readonly Row[]> {
  const store = sqlEvents(box.database);
  const at = FIRST + DAY_MS;
  await fill(store, IN_WINDOW, { prefix: 'w', at });
  const alone = await reportTimes(store, at, reps);
  await fill(store, OUTSIDE, { prefix: 'o', at: at - DAY_MS });
  const among = await reportTimes(store, at, reps);
  const ids = Array.from({ length: IN_WINDOW.issues }, (_, n) => String(6_507_376_925 + n));
  const parts = await pastTimes(store, ids, at + PERIOD_MS, reps);
  await foldCounts(await box.database.ready(), 'web', at + HOUR_MS);
  const folded = await pastTimes(store, ids, at + PERIOD_MS, reps);
  if (among.events !== IN_WINDOW.events || folded.found !== parts.found) throw new Error('counts differ');
  const times = among.times.median / alone.times.median;
  const numbers = `${thousands(among.events)} events in ${among.issues} issues`;
  return [
    {
      section: READING,
      name: kind,
      time: timeOf(alone.times),
      against: wanted(`≤ ${MOST.ms} ms`, alone.times.median <= MOST.ms),
      numbers,
    },
    {
      section: READING,
      name: `${kind}, ${thousands(OUTSIDE.events)} stored outside`,
      time: timeOf(among.times),
      against: wanted(`${times.toFixed(2)} ≤ ${MOST.times}`, times <= MOST.times),
      numbers,
    },
    { section: PAST, name: `${kind}, rows of batches`, time: timeOf(parts.times), numbers: `${parts.found} issues` },
    { section: PAST, name: `${kind}, made one`, time: timeOf(folded.times), numbers: `${folded.found} issues` },
  ];
}
