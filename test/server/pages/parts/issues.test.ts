import assert from 'node:assert/strict';
import { NO_DETAIL } from '../../../../src/server/pages/data/model.ts';
import { issuesPart } from '../../../../src/server/pages/filter/issues.ts';
import { allIssues, trendingPart } from '../../../../src/server/pages/parts/issues.ts';
import { issueOf } from '../../../support/build/reports.ts';
import { filterDataOf, pageDataOf, seenOf } from '../../../support/pages/page-data.ts';
import { linksIn } from '../../../support/pages/read-page.ts';

describe('where the title of an issue of the last window leads', () => {
  const issue = { ...issueOf({ issueId: '1:ab/c', trending: true }), project: 'django' };
  const dataOf = (source: string) => {
    const report = seenOf('shop', { issues: [issue], source });
    return pageDataOf({ filters: [filterDataOf('shop', { report })] });
  };
  const THEIRS = 'https://acme.sentry.io/issues/6507376925/';
  const OWN = '/issues/1%3Aab%2Fc?at=2026-11-20T10%3A00%3A00.000Z&amp;project=django';
  const view = { at: Date.UTC(2026, 10, 20, 10) };

  for (const [source, wanted, other] of [
    ['events', OWN, THEIRS],
    ['sentry', THEIRS, OWN],
  ] as const)
    it(`of ${source}: ${source === 'events' ? 'to its own page' : 'to the vendor'}`, () => {
      const data = dataOf(source);
      const [filter] = data.filters;
      for (const part of [
        allIssues(data, view),
        trendingPart(data, view),
        issuesPart(filter!, NO_DETAIL, data, view),
      ]) {
        const links = linksIn(part.text);
        assert.ok(links.includes(wanted), links.join(' '));
        assert.ok(!links.includes(other));
      }
    });
});
