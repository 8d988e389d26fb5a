import assert from 'node:assert/strict';
import { wordsOf } from '../../../../src/core/alerts/words/worded.ts';
import { issueAlerts, messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';

describe('the words of a message', () => {
  it('say what is so, why, since when, by which rule and where, how to mute it, and where to look', () => {
    const alert = alertOf({ runbook: 'https://wiki.example.com/checkout' });
    const message = messageOf({ alerts: [alert], places: { [alert.id]: 'config/filters/crm.yaml:12' } });
    assert.deepEqual(wordsOf(message), {
      head: 'crm-checkout: firing, TypeError: x is undefined',
      notes: [],
      alerts: [
        {
          severity: 'warning',
          state: 'firing',
          title: 'Firing: TypeError: x is undefined',
          why: '52 events where 3.2 were expected (score 10.7, limit 4)',
          when: 'since 2026-11-20 10:00 UTC',
          rule: 'trending of crm-checkout (config/filters/crm.yaml:12)',
          calls: [],
          hits: [],
          done: null,
          ends: 'ends after three windows in a row without a surge',
          mute: 'sentry-monitor mute issue 6507376925 --for 1h --why "…"',
          links: [
            { label: 'Sentry', url: 'https://sentry.example.com/issues/6507376925/' },
            { label: 'page', url: 'https://monitor.example.com/filters/crm-checkout' },
            { label: 'runbook', url: 'https://wiki.example.com/checkout' },
          ],
        },
      ],
      chart: null,
      more: null,
      foot: 'host-1, 2026-11-20 10:07 UTC',
    });
  });

  it('list ten alerts, and say how many more there are and where', () => {
    const { alerts, more, head } = wordsOf(messageOf({ alerts: issueAlerts(22) }));
    assert.equal(alerts.length, 10);
    assert.deepEqual(more, { text: 'and 12 more', url: 'https://monitor.example.com/filters/crm-checkout' });
    assert.equal(head, '22 alerts of crm-checkout: 22 firing');
  });

  const firing = alertOf();
  const over = alertOf({ state: 'resolved', late: true, since: '2026-11-20T09:00:00.000Z' });
  const filter = alertOf({
    filter: 'crm-api',
    rule: 'events > 100',
    severity: 'critical',
    subject: { kind: 'filter', id: 'crm-api', title: 'crm-api' },
  });
  for (const [what, message, head] of [
    ['one of a filter', { alerts: [filter] }, 'critical, crm-api: firing, events > 100'],
    ['several', { alerts: [filter, firing, over] }, '3 alerts of 2 filters: 1 critical, 2 firing, 1 resolved'],
    ['late', { alerts: [over], collects: 'late' }, 'Late: crm-checkout: resolved, TypeError: x is undefined'],
    [
      'after a night',
      { alerts: [firing, over], collects: 'quiet' },
      'Quiet hours are over: 2 alerts of crm-checkout: 1 firing, 1 resolved',
    ],
    [
      'after a mute',
      { alerts: [firing], collects: 'muted' },
      'A mute is over: crm-checkout: firing, TypeError: x is undefined',
    ],
    [
      'too many',
      { alerts: [firing, filter], collects: 'budget' },
      'Too many for single messages: 2 alerts of 2 filters: 1 critical, 2 firing',
    ],
    [
      'a repeat, perhaps',
      { alerts: [firing], mayRepeat: true },
      'May be a repeat: crm-checkout: firing, TypeError: x is undefined',
    ],
    ['our own', { alerts: [], lines: ['not watching since 02:10', 'the ledger is away'] }, 'not watching since 02:10'],
  ] as const) {
    it(`begin with what is new: ${what}`, () => assert.equal(wordsOf(messageOf(message)).head, head));
  }

  it('tell when it was that is over', () => {
    const [words] = wordsOf(messageOf({ alerts: [over] })).alerts;
    assert.deepEqual(
      [words!.title, words!.when, words!.ends],
      ['Over already: TypeError: x is undefined', 'from 2026-11-20 09:00 to 10:05 UTC', null],
    );
    const long = wordsOf(messageOf({ alerts: [{ ...over, since: '2026-11-18T23:55:00.000Z' }] })).alerts[0]!;
    assert.equal(long.when, 'from 2026-11-18 23:55 to 2026-11-20 10:05 UTC');
  });

  it('put nothing of others into a command or a link that does not belong there', () => {
    const odd = alertOf({
      subject: { id: '1; rm -rf /', url: 'javascript:alert(1)' },
      page: 'https://monitor.example.com/a b',
      runbook: 'data:text/html,x',
    });
    const [words] = wordsOf(messageOf({ alerts: [odd] })).alerts;
    assert.equal(words!.mute, 'sentry-monitor mute filter crm-checkout --for 1h --why "…"');
    assert.deepEqual(words!.links, []);
  });

  it('are on one line each, and not too long', () => {
    const bad = `a\nb\u001b[31m\u202e${'x'.repeat(5000)}`;
    const { head, notes, alerts } = wordsOf(
      messageOf({ alerts: [alertOf({ why: bad, rule: bad, subject: { title: bad } })], lines: [bad] }),
    );
    for (const text of [head, ...notes, alerts[0]!.title, alerts[0]!.why, alerts[0]!.rule]) {
      assert.ok(!/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(text), JSON.stringify(text));
      assert.ok([...text].length <= 1000, `${text.length} characters`);
    }
    assert.equal([...head].length, 150);
  });
});
