import assert from 'node:assert/strict';
import { eventOf } from '../../../support/events/events.ts';
import { digestText, storedBench } from '../../../support/digests/stored-bench.ts';
import { type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const SENT = { fate: 'sent', nextAt: Infinity } as const;

describe('a digest of what was stored since the last one that arrived', () => {
  let box: LedgerBox;
  let bench: ReturnType<typeof storedBench>;
  let id = 0;
  beforeEach(async () => {
    box = await sqliteBox();
    bench = storedBench(box);
    await bench.work(AT);
  });
  afterEach(() => box.close());

  /** Events of an issue, all at that time. */
  const some = (count: number, issueId: string, at: number, title = `title ${issueId}`) =>
    Array.from({ length: count }, () => eventOf(`e${++id}`, { issueId, at, title }));

  it('tells each event once, whenever it happened, and says nothing when there is none', async () => {
    const same = AT + 14 * MINUTE;
    await bench.store(AT + QUARTER, ...some(25, 'a', AT - 9 * 24 * 60 * MINUTE), ...some(8, 'b', same));
    await bench.work(AT + QUARTER + 4_000);
    await bench.became(SENT);
    // Of the same second as those before, and one that happened long ago.
    await bench.store(AT + 2 * QUARTER, ...some(2, 'b', same), ...some(1, 'c', AT - 24 * 60 * MINUTE));
    await bench.work(AT + 2 * QUARTER);
    await bench.became(SENT);
    await bench.store(AT + 3 * QUARTER);
    const done = await bench.work(AT + 3 * QUARTER);
    assert.deepEqual(await bench.told(), ['33: 25 8', '3: 2 1']);
    assert.match(done[0]!.detail, /nothing to tell/);
    await bench.store(AT + 5 * QUARTER, ...some(1, 'a', AT + 4 * QUARTER));
    await bench.work(AT + 5 * QUARTER);
    const last = (await bench.listed()).at(-1)!.message.digest!;
    assert.deepEqual([digestText(last), last.slot.start], ['1: 1', '2026-11-20T10:30:00.000Z'], 'since what arrived');
  });

  it('names the first and the last record of each issue, and where it is', async () => {
    const own = [5, 3, 9].map((minute) =>
      eventOf(`m${minute}`, { issueId: '1:a', at: AT + minute * MINUTE, title: `order ${minute} failed` }),
    );
    await bench.store(AT + QUARTER, ...own);
    await bench.work(AT + QUARTER);
    const { message } = (await bench.listed())[0]!;
    const [issue] = message.digest!.filters[0]!.biggest;
    assert.deepEqual(issue!.records, {
      first: { at: '2026-11-20T10:03:00.000Z', title: 'order 3 failed' },
      last: { at: '2026-11-20T10:09:00.000Z', title: 'order 9 failed' },
    });
    assert.deepEqual([issue!.state, issue!.url], ['new', 'https://monitor.example.com/issues/1:a']);
    assert.deepEqual(message.lines.slice(0, 3), [
      'news: 3 events since Fri 2026-11-20 10:00 UTC',
      '3 events in 1 issue, 1 new',
      '- 3 events, new: order 9 failed; first Fri 2026-11-20 10:03 "order 3 failed", last Fri 2026-11-20 10:09 ' +
        'https://monitor.example.com/issues/1:a',
    ]);
  });

  it('has a chart of when they happened, told or not, up to its time', async () => {
    await bench.store(AT + QUARTER, ...some(2, 'a', AT - 11 * 60 * MINUTE), ...some(5, 'a', AT - 60 * MINUTE));
    await bench.work(AT + QUARTER);
    await bench.became(SENT);
    await bench.store(AT + 2 * QUARTER, ...some(3, 'b', AT + 2 * QUARTER - 1), ...some(1, 'b', AT - 12 * 60 * MINUTE));
    await bench.work(AT + 2 * QUARTER);
    const chart = (await bench.listed()).at(-1)!.message.digest!.chart!;
    assert.deepEqual(
      [chart.bars.length, chart.start, chart.end],
      [144, '2026-11-19T22:30:00.000Z', '2026-11-20T10:30:00.000Z'],
    );
    const bars = chart.bars
      .filter(({ events }) => events !== 0)
      .map(({ start, events }) => `${start.slice(11, 16)} ${events}`);
    assert.deepEqual(bars, ['23:00 2', '09:00 5', '10:25 3']);
    assert.ok(chart.bars.every(({ complete }) => complete));
  });

  it('that did not arrive keeps its place: the next one says both, and the old one is posted no more', async () => {
    await bench.store(AT + QUARTER, ...some(4, 'a', AT));
    await bench.work(AT + QUARTER);
    await bench.became({ fate: 'pending', nextAt: AT + 99 * QUARTER, error: '503' });
    await bench.store(AT + 2 * QUARTER, ...some(3, 'b', AT));
    await bench.work(AT + 2 * QUARTER);
    assert.deepEqual(
      (await bench.listed()).map(({ fate }) => fate),
      ['grouped', 'pending'],
    );
    await bench.became({ fate: 'refused', nextAt: Infinity, error: '400' });
    await bench.store(AT + 3 * QUARTER, ...some(1, 'c', AT));
    await bench.work(AT + 3 * QUARTER);
    await bench.became({ fate: 'given up', nextAt: Infinity, error: '503' });
    await bench.store(AT + 4 * QUARTER);
    await bench.work(AT + 4 * QUARTER);
    await bench.became(SENT);
    await bench.store(AT + 5 * QUARTER);
    await bench.work(AT + 5 * QUARTER);
    assert.deepEqual(await bench.told(), ['7: 4 3', '8: 4 3 1', '8: 4 3 1']);
  });

  it('of unknown fate is told again, which says so, and not while it is being posted', async () => {
    await bench.store(AT + QUARTER, ...some(4, 'a', AT));
    await bench.work(AT + QUARTER);
    await bench.became({ fate: 'pending', isPosting: true });
    await bench.store(AT + 2 * QUARTER, ...some(1, 'b', AT));
    const [held] = await bench.work(AT + 2 * QUARTER);
    assert.deepEqual([held!.status, held!.detail], ['held', 'the last one is being posted']);
    await bench.became({ fate: 'uncertain', nextAt: AT + 99 * QUARTER, isPosting: false });
    await bench.work(AT + 2 * QUARTER + MINUTE);
    const all = await bench.listed();
    assert.deepEqual(
      all.map(({ fate, nextAt }) => [fate, nextAt < Infinity]),
      [
        ['uncertain', false],
        ['pending', true],
      ],
    );
    assert.deepEqual([all[1]!.message.mayRepeat, digestText(all[1]!.message.digest!)], [true, '5: 4 1']);
  });

  it('is not made while its channel is being served, when it would stand for what waits there', async () => {
    await bench.store(AT + QUARTER, ...some(4, 'a', AT));
    await bench.work(AT + QUARTER);
    await bench.became({ fate: 'pending', nextAt: AT + 99 * QUARTER });
    const token = (await bench.outbox.lease('ops', 60_000))!;
    await bench.store(AT + 2 * QUARTER, ...some(1, 'b', AT));
    assert.equal((await bench.work(AT + 2 * QUARTER))[0]!.status, 'held');
    await bench.outbox.release('ops', token);
    assert.deepEqual(
      (await bench.listed()).map(({ fate }) => fate),
      ['pending'],
    );
  });

  it('waits until its intake was read up to its time, an hour at most, and then says so', async () => {
    await bench.store(AT + QUARTER - 1, ...some(4, 'a', AT));
    assert.deepEqual(await bench.work(AT + QUARTER), []);
    assert.deepEqual(await bench.work(AT + 4 * QUARTER), []);
    await bench.work(AT + 5 * QUARTER);
    const { message } = (await bench.listed())[0]!;
    assert.equal(message.lines[1], 'the intake shop was read up to 2026-11-20T10:14Z only: more may come');
    assert.deepEqual(await bench.told(), ['4: 4']);
    assert.equal(message.digest!.slot.end, '2026-11-20T11:15:00.000Z', 'of several slots the newest');
  });

  it('is of what its filter chooses', async () => {
    await box.close();
    box = await sqliteBox();
    bench = storedBench(box, {}, { levels: ['fatal'], searchTerms: ['card'] });
    await bench.work(AT);
    const [a, b, c] = some(3, 'a', AT + MINUTE, 'Card declined');
    await bench.store(AT + QUARTER, { ...a!, level: 'fatal' }, b!, { ...c!, level: 'fatal', title: 'Timeout' });
    await bench.work(AT + QUARTER);
    const { digest } = (await bench.listed())[0]!.message;
    assert.equal(digestText(digest!), '1: 1');
    assert.equal(
      digest!.chart!.bars.reduce((sum, { events }) => sum + events!, 0),
      1,
    );
  });

  it('is told once by two servers, and by each channel from where that one is', async () => {
    bench.change({ tell: ['ops', 'boss'] });
    await bench.work(AT + MINUTE);
    await bench.store(AT + QUARTER, ...some(4, 'a', AT));
    const other = bench.server(box.another());
    await Promise.all([bench.work(AT + QUARTER), bench.work(AT + QUARTER, other)]);
    assert.deepEqual(await bench.told(), ['4: 4']);
    await bench.became(SENT);
    await bench.store(AT + 2 * QUARTER, ...some(1, 'a', AT));
    await bench.work(AT + 2 * QUARTER);
    assert.deepEqual(await bench.told(), ['4: 4', '1: 1']);
    const boss = await bench.outbox.listed({ channel: 'boss', limit: 9 });
    assert.deepEqual(
      boss.map(({ fate, message }) => `${fate} ${digestText(message.digest!)}`),
      ['pending 5: 5', 'grouped 4: 4'],
    );
  });
});
