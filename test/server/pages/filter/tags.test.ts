import assert from 'node:assert/strict';
import { NO_DETAIL } from '../../../../src/server/pages/data/model.ts';
import { rulesPart } from '../../../../src/server/pages/alerts/rules.ts';
import { alertsOf, firingOf } from '../../../../src/server/pages/data/alerts/of-page.ts';
import { tagsPart } from '../../../../src/server/pages/filter/tags.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { filterDataOf, LOOK, pageDataOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { textIn } from '../../../support/pages/read-page.ts';

describe('the last window split by tags', () => {
  const asks = filterOf({ tags: ['release', 'browser'] });
  const part = (tags: Parameters<typeof tagsPart>[1]['tags'], data = filterDataOf('shop')) => {
    const found = tagsPart(data, { ...NO_DETAIL, asks, tags }, LOOK);
    return found === null ? null : textIn(found.text);
  };

  it('says that nothing was kept, or that there was no event', () => {
    assert.match(part(null)!, /^By release, browser 10:00–10:05 UTC Counts by tags were not kept of this window\.$/);
    assert.match(part([], uncountedOf('shop'))!, /^By release, browser No event in this window\.$/);
    assert.equal(tagsPart(filterDataOf('shop'), NO_DETAIL, LOOK), null);
  });

  it('has shares of all, of a lower bound and of nothing', () => {
    const tags: Parameters<typeof part>[0] = [
      { tags: { release: '1.2' }, events: 999 },
      { tags: {}, events: 1 },
    ];
    assert.match(part(tags)!, /release 1\.2 999 100 % none of them 1 < 1 %/);
    assert.match(part([{ tags: {}, events: 0 }])!, /none of them 0 0 %/);
  });
});

describe('rules of a filter on its page', () => {
  const rule = { name: 'r', sentence: 'new', severity: 'warning', tell: [], where: '', lines: [] } as const;
  const part = (given: object, data = pageDataOf()) =>
    textIn(
      rulesPart(
        filterDataOf('shop'),
        { ...NO_DETAIL, alerts: { rules: [{ ...rule, ...given }], alerts: [], more: 0 } },
        data,
      )!.text,
    );

  it('that tell nobody and judged nothing say so', () => {
    assert.match(part({}), /Rules by the window 10:00–10:05 UTC .* new warning nothing to judge nobody$/);
    assert.doesNotMatch(part({}, pageDataOf({ current: null })), /by the window/);
  });

  it('have their place, whom they tell, and a way to mute them', () => {
    const text = part({ tell: ['crm', 'ops'], where: 'f.yaml:3' }, pageDataOf({ hasActions: true }));
    assert.match(text, /new warning f\.yaml:3 nothing to judge crm, ops mute$/);
  });
});

describe('alerts on pages', () => {
  it('are not known while the ledger cannot be read', async () => {
    const filters = [filterOf({ name: 'shop', alerts: [ruleOf('new')] })];
    const { origin } = pageDataOf();
    const away = { ...origin, troubles: [{ of: 'ledger', text: 'away' }] } as const;
    assert.equal(await alertsOf(filters, { current: null, configured: [], origin: away }, {} as never, LOOK), 'unread');
    assert.equal(await alertsOf(filters, { current: null, configured: [], origin }, undefined, LOOK), null);
    assert.equal(firingOf('shop', 'unread'), null);
  });

  it('of a filter are as bad as its worst', () => {
    const now = {
      byFilter: { shop: { critical: 0, warning: 2, info: 1 }, back: { critical: 0, warning: 0, info: 0 } },
    };
    assert.deepEqual(
      ['shop', 'back', 'jobs'].map((name) => firingOf(name, now as never)),
      ['warning', null, null],
    );
  });
});
