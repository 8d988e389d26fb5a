import assert from 'node:assert/strict';
import { NO_DETAIL } from '../../../../src/server/pages/data/model.ts';
import { currentOf, dueAt } from '../../../../src/server/pages/data/current.ts';
import { issuesPart } from '../../../../src/server/pages/filter/issues.ts';
import { timeTicks } from '../../../../src/server/pages/chart/axes.ts';
import { nameOf } from '../../../../src/server/pages/issues/title.ts';
import { toldParts } from '../../../../src/server/pages/issues/one/told.ts';
import type { IssueSeen } from '../../../../src/server/pages/issues/one/read.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { detailsOf, issueOf, START, WINDOW } from '../../../support/build/reports.ts';
import { filterDataOf, LOOK, pageDataOf, runOf, seenOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { textIn } from '../../../support/pages/read-page.ts';

describe('issues of a filter on its page', () => {
  const part = (details: Parameters<typeof issueOf>[0]) => {
    const report = seenOf('shop', { issues: [issueOf(details)] });
    return textIn(issuesPart(filterDataOf('shop', { report }), NO_DETAIL, pageDataOf(), {}).text);
  };

  it('have what is known of them', () => {
    assert.match(part({ details: null }), /nothing more is known/);
    assert.match(
      part({ details: detailsOf({ status: 'resolved', substatus: null, firstSeen: START }) }),
      / resolved first seen 10:00 UTC/,
    );
    const archived = detailsOf({ status: 'ignored', substatus: 'archived_until_escalating' });
    assert.match(part({ details: archived }), / ignored, archived until escalating/);
    assert.doesNotMatch(part({ details: detailsOf({ status: null }) }), /null/);
  });

  it('are none of a window that was not counted, or of which none was kept', () => {
    const text = (data: ReturnType<typeof filterDataOf>) => textIn(issuesPart(data, NO_DETAIL, pageDataOf(), {}).text);
    assert.match(text(uncountedOf('shop')), /None is known: this window was not counted\./);
    assert.match(
      text(filterDataOf('shop', { report: seenOf('shop', { issues: [] }) })),
      /None was kept of this window\./,
    );
  });
});

describe('the window that was counted last', () => {
  it('is none that a run is still at', () => {
    const due = dueAt(LOOK, 120_000, { range: { ms: 3_600_000, step: 300_000 }, at: null, before: false });
    const open = { endedAt: null, outcome: null } as const;
    assert.deepEqual(currentOf(due, [runOf()], new Map()), WINDOW);
    assert.equal(currentOf(due, [runOf(open)], new Map()), null);
  });
});

describe('times of a chart', () => {
  it('are a month apart in a span of years', () => {
    const ticks = timeTicks({ start: 0, end: 3 * 366 * 86_400_000 });
    assert.ok(ticks.length > 10 && ticks.length <= 40, String(ticks.length));
    assert.ok(ticks.every(({ isDay }) => isDay));
  });
});

describe('an issue of which rules told', () => {
  const seen = (given: Partial<IssueSeen>): IssueSeen =>
    ({ issueId: '7', stored: null, reported: [], alerts: null, ...given }) as IssueSeen;
  const told = { since: START, until: null, told: [], acknowledgedBy: null, mute: null };
  const shown = { now: LOOK, hasActions: false };

  it('is called by whoever knows it', () => {
    const reported = [{ issue: issueOf(), filter: filterDataOf('shop') }];
    const alerts = { alerts: [{ ...told, alert: alertOf() }], more: 0, said: [] };
    assert.equal(nameOf(seen({ reported, alerts })), 'Error: card declined');
    assert.equal(nameOf(seen({ alerts })), 'TypeError: x is undefined');
    const short = [{ issue: issueOf({ details: detailsOf({ title: null as never }) }), filter: filterDataOf('shop') }];
    assert.equal(nameOf(seen({ reported: short })), 'CRM-WEB-41');
    assert.match(nameOf(seen({})), /7/);
  });

  it('shows the alerts, how many more there are, and what each rule says now', () => {
    const said = [
      { filter: 'shop', rule: 'new', decision: 'not yet', why: 'it is old', recipients: [] },
      { filter: 'shop', rule: 'top 3', decision: 'told', why: 'it is big', recipients: ['crm', 'ops'] },
    ] as const;
    const alerts = { alerts: [{ ...told, alert: alertOf() }], more: 1, said };
    const text = textIn(toldParts(seen({ alerts }), shown)!.text);
    assert.match(text, /^Told of 30 days, newest first; times are UTC /);
    assert.match(text, /1 older alert is not shown here\./);
    assert.match(text, /new shop not yet it is old nobody top 3 shop told it is big crm, ops$/);
    const none = textIn(toldParts(seen({ alerts: { alerts: [], more: 0, said: [] } }), shown)!.text);
    assert.match(none, /No rule has told of it\./);
    assert.doesNotMatch(none, /Rules|not shown/);
    assert.equal(toldParts(seen({}), shown), null);
  });
});
