import assert from 'node:assert/strict';
import { type Evidence, judgeTrend, type Past, type Trend } from '../../../src/core/model/trends.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 20, 9, 0);
const WINDOW = { start: START, end: START + 5 * MINUTE };

/** The hour before holds 12 windows, the 65 minutes of earlier days 13. */
function hourBefore(perWindow: number): Past {
  return { span: { start: START - HOUR, end: START }, events: perWindow * 12 };
}

function daysAgo(days: number, perWindow: number): Past {
  const start = START - days * DAY - 5 * MINUTE;
  return { span: { start, end: start + 65 * MINUTE }, events: perWindow * 13 };
}

function judge(events: number, change: Partial<Evidence>): { [K in keyof Trend]: NonNullable<Trend[K]> } {
  const evidence: Evidence = {
    events,
    window: WINDOW,
    firstSeen: START - 30 * DAY,
    firstSeenBy: 'event',
    regressed: false,
    returns: null,
    hour: null,
    earlier: [],
    ...change,
  };
  const { expected, score, trend, ...rest } = judgeTrend(evidence);
  assert.ok(expected !== null && score !== null && trend !== null);
  return { expected, score, trend, ...rest };
}

describe('trends: the worked numbers', () => {
  for (const { usual, now, score, trending } of [
    { usual: 1, now: 2, score: 0.7, trending: false },
    { usual: 0, now: 7, score: 4.2, trending: true },
    { usual: 10, now: 30, score: 4.6, trending: true },
    { usual: 1000, now: 1500, score: 14.2, trending: false },
  ]) {
    it(`${usual} usual, ${now} now: score ${score}, ${trending ? 'trending' : 'not trending'}`, () => {
      const trend = judge(now, { hour: hourBefore(usual), earlier: [daysAgo(1, usual), daysAgo(7, usual)] });

      assert.equal(trend.score.toFixed(1), score.toFixed(1));
      assert.equal(trend.expected, usual);
      assert.equal(trend.trending, trending);
      assert.equal(trend.state, trending ? 'surging' : 'ongoing');
    });
  }

  it("a daily 9-o'clock ramp is none: yesterday and last week were as loud", () => {
    const trend = judge(120, { hour: hourBefore(4), earlier: [daysAgo(1, 115), daysAgo(7, 130)] });

    assert.equal(trend.expected, 115);
    assert.equal(trend.trending, false);
  });

  it('200 now, 200 an hour ago, 3 a day ago, 2 a week ago is still trending', () => {
    const trend = judge(200, { hour: hourBefore(200), earlier: [daysAgo(1, 3), daysAgo(7, 2)] });

    assert.equal(trend.expected, 3);
    assert.equal(trend.state, 'surging');
    assert.equal(trend.trending, true);
  });
});

describe('trends: what is expected', () => {
  it('the median of three', () =>
    assert.equal(judge(1, { hour: hourBefore(9), earlier: [daysAgo(1, 2), daysAgo(7, 5)] }).expected, 5));
  it('the larger of two', () => assert.equal(judge(1, { hour: hourBefore(9), earlier: [daysAgo(1, 2)] }).expected, 9));
  it('the only one', () => assert.equal(judge(1, { earlier: [daysAgo(7, 2)] }).expected, 2));
  it('0 when the issue did not exist then', () =>
    assert.equal(judge(3, { firstSeen: START, hour: hourBefore(0), earlier: [daysAgo(1, 0)] }).expected, 0));
  it('only spans in which the issue already existed', () => {
    const trend = judge(30, {
      firstSeen: START - 2 * DAY,
      hour: hourBefore(28),
      earlier: [daysAgo(1, 26), daysAgo(7, 0)],
    });

    assert.equal(trend.expected, 28, 'the larger of two; with last week it would be the median, 26');
  });
  it('nothing when nothing of the past was read', () => {
    const unread = {
      events: 500,
      window: WINDOW,
      firstSeenBy: 'event' as const,
      regressed: true,
      returns: null,
      hour: null,
      earlier: [],
    };
    const nothing = { expected: null, score: null, trend: null };
    assert.deepEqual(judgeTrend({ ...unread, firstSeen: null }), { ...nothing, state: 'ongoing', trending: false });
    assert.deepEqual(judgeTrend({ ...unread, firstSeen: START }), { ...nothing, state: 'new', trending: true });
  });
  it('trend is the factor, both plus one', () => assert.equal(judge(9, { hour: hourBefore(1) }).trend, 5));
});

describe('trends: states', () => {
  const fresh = { firstSeen: START + MINUTE, hour: hourBefore(0) };

  it('new: first seen in the window; trending from two events on', () => {
    assert.deepEqual([judge(1, fresh).state, judge(1, fresh).trending], ['new', false]);
    assert.deepEqual([judge(2, fresh).state, judge(2, fresh).trending], ['new', true]);
  });
  it('not new at the end of the window, which is the next one', () =>
    assert.equal(judge(2, { ...fresh, firstSeen: WINDOW.end }).state, 'ongoing'));
  it('regressed, where it is not known when it returned: the source says so and the hour before was quiet', () => {
    assert.deepEqual(
      [
        judge(1, { regressed: true, hour: hourBefore(0) }).state,
        judge(1, { regressed: true, hour: hourBefore(0) }).trending,
      ],
      ['regressed', true],
    );
  });
  it('not regressed any more when the hour before had events', () => {
    const trend = judge(1, { regressed: true, hour: { ...hourBefore(0), events: 1 } });
    assert.deepEqual([trend.state, trend.trending], ['ongoing', false]);
  });
  it('not regressed when the hour before was not read', () =>
    assert.equal(judge(1, { regressed: true, earlier: [daysAgo(1, 0)] }).state, 'ongoing'));
  it('what the past holds was there before, whatever is said of the first event', () => {
    const trend = judge(1, { firstSeen: START + MINUTE, firstSeenBy: 'arrival', hour: hourBefore(1) });
    assert.deepEqual([trend.expected, trend.state], [1, 'ongoing']);
  });
  it('surging needs both the surprise and twice the usual', () => {
    assert.equal(judge(6, { hour: hourBefore(0) }).state, 'ongoing', 'score 3.8');
    assert.equal(judge(199, { hour: hourBefore(100) }).state, 'ongoing', '1.99 times');
    assert.equal(judge(200, { hour: hourBefore(100) }).state, 'surging');
  });
});
