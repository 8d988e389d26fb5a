import assert from 'node:assert/strict';
import { isNew, isReturned, type Origin, type Past } from '../../../src/core/model/trends.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 20, 9, 0);
const END = START + 300 * SECOND;

function past(events: number, hoursAgo = 1): Past {
  const start = START - hoursAgo * HOUR;
  return { span: { start, end: start + HOUR }, events };
}

function origin(change: Partial<Origin>): Origin {
  return {
    window: { start: START, end: END },
    firstSeen: START - 30 * 24 * HOUR,
    firstSeenBy: 'event',
    regressed: false,
    returns: null,
    hour: past(0),
    earlier: [past(0, 24)],
    ...change,
  };
}

describe('a new issue', () => {
  const newBy =
    (firstSeenBy: Origin['firstSeenBy']) =>
    (firstSeen: number | null, change: Partial<Origin> = {}): boolean =>
      isNew(origin({ firstSeen, firstSeenBy, ...change }));

  it("by the event's own time: its first event lies in the window", () => {
    const by = newBy('event');
    assert.deepEqual(
      [START - 1, START, END - 1, END, null].map((at) => by(at)),
      [false, true, true, false, false],
    );
  });

  it('by arrival: nothing came in before the window began; the last events may come in after its end', () => {
    const by = newBy('arrival');
    assert.deepEqual(
      [START - 1, START, END - 1, END + SECOND, null].map((at) => by(at)),
      [false, true, true, true, false],
    );
  });

  it('by arrival, in the window after: the event of the window before came in late, and the hour before shows it', () => {
    const by = newBy('arrival');
    assert.equal(by(START + SECOND, { hour: past(1) }), false);
    assert.equal(by(START + SECOND, { earlier: [past(1, 24)] }), false);
    assert.equal(by(START + SECOND, { hour: null }), true, 'the hour was not read');
  });
});

describe('an issue that came back', () => {
  const back = (at: number, resolvedAt: number | null, change: Partial<Origin> = {}): boolean =>
    isReturned(origin({ regressed: true, returns: [{ at, resolvedAt }], ...change }));

  it('returned in the window, whatever the hour before holds', () => {
    const resolved = START - 600 * SECOND;
    assert.equal(back(START + SECOND, resolved), true);
    assert.equal(back(START + SECOND, resolved, { hour: past(500) }), true, 'resolved while it was loud');
    assert.equal(back(START + SECOND, null, { hour: null }), true);
  });

  it('not when it returned earlier: Sentry goes on calling it regressed, and quiet hours come and go', () => {
    for (const ago of [1, 60 * SECOND, HOUR, 6 * 24 * HOUR])
      assert.equal(back(START - ago, START - 7 * 24 * HOUR), false, `${ago} ms ago`);
  });

  it('in the window whose events brought it back, though they came in after its end', () => {
    assert.equal(back(END + 2 * SECOND, START - HOUR / 2), true);
    assert.equal(back(END + 2 * SECOND, START + SECOND), false, 'resolved in the window, back in the next one');
    assert.equal(back(END + 2 * SECOND, null), false);
    assert.equal(back(END + 120 * SECOND, START - HOUR / 2), false, 'a later return');
  });

  it('not in the window after, when the hour before holds events of after it was resolved', () => {
    const resolved = START - HOUR;
    assert.equal(back(START + 2 * SECOND, resolved, { hour: past(1) }), false);
    assert.equal(back(START + 2 * SECOND, resolved, { hour: past(0) }), true);
    assert.equal(back(START + 120 * SECOND, resolved, { hour: past(1) }), true, 'nothing comes in so late');
    assert.equal(back(START + 2 * SECOND, null, { hour: past(1) }), true, 'those were of an older release');
  });

  it('any of its returns counts: a window that is read late has its own', () => {
    const returns = [
      { at: END + 10 * HOUR, resolvedAt: END + 9 * HOUR },
      { at: START + SECOND, resolvedAt: START - HOUR / 2 },
      { at: START - 20 * HOUR, resolvedAt: START - 21 * HOUR },
    ];
    assert.equal(isReturned(origin({ regressed: true, returns })), true);
    assert.equal(isReturned(origin({ regressed: true, returns: returns.toSpliced(1, 1) })), false);
  });

  it('is inferred where nobody says when: called regressed, and the hour before was read and empty', () => {
    const inferred = (change: Partial<Origin>): boolean => isReturned(origin({ regressed: true, ...change }));
    assert.deepEqual(
      [inferred({}), inferred({ hour: past(1) }), inferred({ hour: null }), inferred({ regressed: false })],
      [true, false, false, false],
    );
  });
});
