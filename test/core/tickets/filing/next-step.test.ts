import assert from 'node:assert/strict';
import { nextStep, type Situation } from '../../../../src/core/tickets/filing/next-step.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

describe('what is done to a ticket that there is', () => {
  const step = (
    ticket: Partial<Situation['ticket']>,
    given: Partial<Situation['content']> = {},
    state: Partial<Situation['state']> = {},
  ) =>
    nextStep({
      ticket: { isDone: false, doneAt: null, resolution: null, updatedAt: NOW - 2 * DAY, ...ticket },
      state: { writtenAt: null, toldUntil: null, reopenedFor: null, ...state },
      content: { hits: [{ at: NOW - DAY, user: null, url: null }], storedAt: NOW - DAY, ...given },
      now: NOW,
      wontDo: ["Won't Do"],
    });

  it('is a comment where there is news, and nothing was written for a day', () => {
    assert.equal(step({}), 'comment');
    assert.equal(step({}, { hits: [] }), 'nothing');
    assert.equal(step({}, {}, { writtenAt: NOW - DAY / 2 }), 'nothing');
    assert.equal(step({}, {}, { toldUntil: NOW - DAY }), 'nothing');
    assert.equal(step({ isDone: true, resolution: "Won't Do" }), 'comment');
  });

  it('is to open one that was done before its issue came again, or to make another after a month', () => {
    assert.equal(step({ isDone: true }), 'reopen');
    assert.equal(step({ isDone: true, doneAt: NOW - DAY / 2 }), 'nothing');
    assert.equal(step({ isDone: true, doneAt: NOW - 31 * DAY }), 'renew');
    assert.equal(step({ isDone: true }, {}, { reopenedFor: NOW - 2 * DAY }), 'comment');
  });
});
