import assert from 'node:assert/strict';
import type { Explained } from '../../../../src/core/alerts/explain/answer.ts';
import { withFates } from '../../../../src/core/alerts/explain/with-fates.ts';
import { lengthText } from '../../../../src/core/alerts/judge/parts/words.ts';
import type { KeptTelling } from '../../../../src/core/ports/alerting/outbox.ts';
import { keptIn } from '../../../support/alerting/outbox-bench.ts';
import { alertOf, tellingOf } from '../../../support/alerting/tellings.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const LINE: Explained = {
  ...{ filter: 'crm', name: 'new', rule: 'new', subject: '7', recipient: 'ops' },
  window: { start: AT, end: AT + 300_000 },
  ...{ decision: 'told', why: 'it is new', value: 1, limit: 0, keys: ['k', 'gone'] },
};

describe('why somebody was not told in the end', () => {
  const said = (over: Partial<KeptTelling>, message?: Partial<ReturnType<typeof keptIn>>) => {
    const telling = tellingOf(alertOf({ why: 'it is new', value: 1, limit: 0 }), { key: 'k', ...over });
    const messages = message === undefined ? [] : [keptIn('m', AT, message)];
    const [line] = withFates([LINE], [telling], messages);
    return [line!.decision, line!.why];
  };

  it('is nothing where he was, or nobody knows', () => {
    assert.deepEqual(said({ fate: 'sent' }), ['told', 'it is new']);
    const later = { ...LINE, decision: 'over', keys: [] } as const;
    assert.deepEqual(withFates([later], [], []), [later]);
  });

  it('is that this window told nobody, whatever rules say that it would', () =>
    assert.deepEqual(withFates([LINE], [], []), [
      {
        ...LINE,
        decision: 'not yet',
        why: 'it is new; nobody was told by this window itself: it was decided late, or by other rules',
        keys: [],
      },
    ]));

  it('is what became of the message, and when it is tried again', () => {
    const failing = { fate: 'pending', tries: 1, error: 'answered 500', nextAt: AT + 60_000 } as const;
    assert.deepEqual(said({ messageId: 'm' }, failing), [
      ...['failing', 'it is new; pending after 1 try: answered 500, tried again from 2026-11-20 10:01 UTC on'],
    ]);
    const over = { fate: 'given up', tries: 3, error: 'answered 404', nextAt: Infinity } as const;
    assert.equal(
      said({ messageId: 'm', fate: 'given up' }, over)[1],
      'it is new; given up after 3 tries: answered 404',
    );
  });

  it('is what holds it back', () => {
    assert.deepEqual(said({ reason: 'at most 5 messages an hour' }), [
      'not yet',
      'it is new; at most 5 messages an hour',
    ]);
    const short = 'waits for events: 3 of 5 in 1 d so far';
    assert.deepEqual(said({ fate: 'grouped', reason: short }), ['not yet', `it is new; ${short}`]);
    assert.deepEqual(said({ fate: 'muted', reason: null }), ['muted', 'it is new; muted']);
  });
});

describe('why somebody was told after a restore', () => {
  const alert = alertOf({ rule: 'new', subject: { id: '7' }, value: 9, limit: 2, why: 'after a restore: it lasts' });
  const line: Explained = { ...LINE, decision: 'repeat due', why: 'it lasts', keys: [] };
  const said = (over: Partial<KeptTelling>) =>
    withFates([line], [tellingOf(alert, { channel: 'ops', news: 'restored', fate: 'sent', ...over })], []).map(
      ({ rule, subject, recipient, decision, why, value }) =>
        `${rule} ${subject} ${recipient} ${decision}: ${why} (${value})`,
    );

  it('is that it lasts, or what holds that back', () => {
    assert.deepEqual(said({}), ['new 7 ops told: after a restore: it lasts (9)']);
    const muted = { fate: 'muted', reason: 'muted by Ann' } as const;
    assert.deepEqual(said(muted), ['new 7 ops muted: after a restore: it lasts; muted by Ann (9)']);
  });

  it('is said by itself of another recipient, rule or issue', () => {
    const own = 'new 7 ops repeat due: it lasts (1)';
    const told = 'told: after a restore: it lasts (9)';
    assert.deepEqual(said({ channel: 'crm' }), [own, `new 7 crm ${told}`]);
    assert.deepEqual(said({ rule: 'any' }), [own, `new 7 ops ${told}`]);
    assert.deepEqual(said({ alert: { ...alert, subject: { ...alert.subject, id: '8' } } }), [own, `new 8 ops ${told}`]);
  });
});

describe('a length in words', () => {
  it('is in the largest unit that is whole', () =>
    assert.deepEqual(
      [30, 120, 7 * 1440, 90].map((minutes) => lengthText(minutes * 60_000)),
      ['30 min', '2 h', '7 d', '90 min'],
    ));
});
