import assert from 'node:assert/strict';
import { firingPart } from '../../../../src/server/pages/alerts/firing.ts';
import { rulesPart } from '../../../../src/server/pages/alerts/rules.ts';
import type { AlertSeen, AlertsDetail, RuleSeen } from '../../../../src/server/pages/data/alerts/model.ts';
import type { Mute } from '../../../../src/core/model/alerting/rule.ts';
import { NO_DETAIL, type PageData } from '../../../../src/server/pages/data/model.ts';
import { alertIn } from '../../../support/alerting/stage.ts';
import { START, WINDOW } from '../../../support/build/reports.ts';
import { filterDataOf, LOOK, pageDataOf } from '../../../support/pages/page-data.ts';
import { linksIn, textIn } from '../../../support/pages/read-page.ts';

const MINUTE = 60_000;

function seen(given: Partial<AlertSeen> = {}, alert: Parameters<typeof alertIn>[2] = {}): AlertSeen {
  const lasts = { since: START, until: null, told: [], acknowledgedBy: null, mute: null };
  return { alert: alertIn('crm', START, alert), ...lasts, ...given };
}

function now(firing: readonly AlertSeen[], more = 0): PageData['alerts'] {
  const counts = { critical: 0, warning: firing.length + more, info: 0 };
  return { filters: 1, watches: 0, firing, counts, byFilter: { crm: counts }, fresh: 0, unjudged: [], channels: [] };
}

const ISSUE = seen(
  { told: [{ channel: 'boss', fate: 'quiet', reason: 'until 07:00' }] },
  {
    rule: 'new',
    subject: { kind: 'issue', id: '7', title: '<img src=x>', url: 'javascript:alert(1)' },
    why: 'first <seen>',
  },
);

describe('alerts that are firing', () => {
  const shown = (alerts: PageData['alerts'], given: Partial<PageData> = {}): string =>
    firingPart(pageDataOf({ alerts, ...given }))?.text ?? '';

  it('are on top with since when, why, and who was told', () => {
    const told = [{ channel: 'crm', fate: 'sent' as const, reason: null }];
    assert.equal(
      textIn(shown(now([seen({ told, acknowledgedBy: 'ann <x>' })]))),
      '1 alert is firing times are UTC Alerts that are firing ' +
        'Alert Filter Since Why Told warning events > 100 crm crm 10:00 7 min ' +
        '101 events where 100 are allowed as it is now ann <x> is on it crm: told',
    );
    assert.equal(shown(now([])), '');
    assert.equal(shown('unread'), '');
    assert.equal(shown(null), '');
  });

  it('say that they are muted, until when and why', () => {
    const ends = (until: Mute['until']): string =>
      textIn(shown(now([seen({ mute: { until, why: 'a <fix>' } })]))).replace(/.* as it is now /, '');
    assert.equal(ends({ kind: 'instant', at: START + 60 * MINUTE }), 'muted, ends 11:00');
    assert.equal(ends({ kind: 'events', count: 5 }), 'muted, ends after 5 events');
    assert.equal(ends({ kind: 'release', name: '1.4' }), 'muted, ends with release 1.4');
    assert.equal(ends({ kind: 'resolved' }), 'muted, ends when it is over');
    assert.match(
      shown(now([seen({ mute: { until: { kind: 'resolved' }, why: 'a <fix>' } })])),
      /title="a &lt;fix&gt;"/,
    );
  });

  it('hold nothing that others wrote as a piece of the page, and no link that is none', () => {
    const text = shown(now([ISSUE]));
    assert.match(textIn(text), /<img src=x> new crm crm 10:00 7 min first <seen> as it is now boss: quiet hours/);
    assert.doesNotMatch(text, /<img|javascript:/);
    assert.match(text, /title="until 07:00"/);
  });

  it('are counted where there are too many to show', () =>
    assert.match(textIn(shown(now([seen()], 12))), /^13 alerts are firing .* 12 more alerts are firing, none worse/));

  it('are few at first, so that what is below can be seen; the others unfold', () => {
    const many = Array.from({ length: 11 }, (_, n) => seen({}, { rule: `events > ${n}` }));
    const [first, rest, none] = shown(now(many)).split(/<details id="more-alerts">|<\/details>/);
    assert.equal(first!.match(/<tr data-alert/g)?.length, 8);
    assert.equal(rest!.match(/<tr data-alert/g)?.length, 3);
    assert.match(textIn(rest!), /^3 more alerts are firing .* events > 10 crm/);
    assert.doesNotMatch(none!, /data-alert/);
    assert.doesNotMatch(shown(now(many.slice(0, 8))), /<details/);
  });

  it('lead to what a person may do about them, where people may', () => {
    const acts = (one: AlertSeen): readonly string[] =>
      linksIn(shown(now([one]), { hasActions: true })).filter((href) => href.startsWith('/act/'));
    const rule = '/act/mute?rule=crm%2Fevents+%3E+100';
    assert.deepEqual(acts(seen()), [
      `/act/acknowledge?alert=${encodeURIComponent(seen().alert.id).replaceAll('%20', '+')}`,
      rule,
    ]);
    assert.deepEqual(acts(seen({ acknowledgedBy: 'ann' })), [rule], 'somebody is at it');
    assert.equal(acts(ISSUE).at(-1), '/act/mute?issue=7');
    assert.doesNotMatch(shown(now([seen()])), /\/act\//);
  });
});

describe('rules of a filter', () => {
  const RULE: RuleSeen = {
    ...{ name: 'events', sentence: 'events > <100>', severity: 'critical', tell: ['crm', 'night'] },
    ...{ where: 'config/filters.yaml:7', lines: [] },
  };
  const shown = (alerts: AlertsDetail | null, hasActions = false): string =>
    rulesPart(filterDataOf('crm'), { ...NO_DETAIL, alerts }, pageDataOf({ hasActions, now: LOOK, current: WINDOW }))
      ?.text ?? '';

  it('say what they came to, and of what', () => {
    const line = { subject: 'crm', title: null, decision: 'told', why: '101 events', recipients: ['crm'] } as const;
    const issue = { ...line, subject: '7', title: '<b>card', decision: 'not yet', why: 'held' } as const;
    const unnamed = { ...issue, subject: '8', title: null };
    const text = shown({ rules: [{ ...RULE, lines: [line, issue, unnamed] }], alerts: [], more: 0 });
    assert.match(textIn(text), /^Alerts firing, then those of the range None in this range\./);
    assert.match(textIn(text), /Rules by the window 10:00–10:05 UTC/);
    assert.match(
      textIn(text),
      /events > <100> critical config\/filters\.yaml:7 told 101 events <b>card not yet held issue 8 not yet held crm, night$/,
    );
    assert.doesNotMatch(text, /<b>card|\/act\//);
  });

  it('may be muted, each by its name', () =>
    assert.deepEqual(
      linksIn(shown({ rules: [RULE], alerts: [], more: 0 }, true)).filter((href) => href.startsWith('/act/')),
      ['/act/mute?rule=crm%2Fevents'],
    ));

  it('show how long what is over lasted, and how much more there was', () => {
    const over = seen({ until: START + 10 * MINUTE }, { state: 'resolved' });
    const once = seen({ until: START }, { state: 'told', rule: 'new' });
    const text = textIn(shown({ rules: [], alerts: [over, once], more: 3 }));
    assert.match(text, /events > 100 10:00 until 10:15 , 15 min .* new 10:00 told once/);
    assert.match(text, /3 older alerts are not shown here\.$/);
    assert.equal(shown(null), '');
  });
});
