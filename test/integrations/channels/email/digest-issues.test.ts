import assert from 'node:assert/strict';
import { issueParts } from '../../../../src/integrations/channels/email/digest/issues.ts';
import { filterOf, issueOf } from '../../../support/digests/digests.ts';

const text = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const NONE = { count: 0, first: [] };

describe('issues of a digest in a mail', () => {
  const parts = (...filters: readonly Parameters<typeof filterOf>[0][]) =>
    issueParts({ filters: filters.map((it) => filterOf({ biggest: [], ...it })), zone: 'UTC' }).map(text);

  it('have what is known of them, and no more', () => {
    const bare = issueOf({ title: null, url: null, level: null, project: null as never, events: 1 });
    assert.deepEqual(parts({ biggest: [bare] }), ['Most events issue 6507376925 1 event · ongoing']);
    assert.deepEqual(parts({ biggest: [issueOf()] }), [
      'Most events TypeError: x is undefined 52 events · ongoing · error · crm-web',
    ]);
    assert.deepEqual(parts({}), []);
  });

  it('say when their first and last event happened', () => {
    const at = (hour: number) => ({ at: `2026-11-20T0${hour}:00:00.000Z`, title: 'x' });
    const said = (first: number, last: number) =>
      parts({ biggest: [issueOf({ records: { first: at(first), last: at(last) } })] })[0]!;
    assert.match(said(5, 5), / · at Fri 20 Nov 05:00$/);
    assert.match(said(5, 7), / · first Fri 20 Nov 05:00 · last Fri 20 Nov 07:00$/);
  });

  it('are in lists by what happened to them, with how many more there are, and their filter among several', () => {
    const fresh = { count: 12, first: [issueOf({ state: 'new' })] };
    const [list, ...others] = parts({ filter: 'a', new: fresh }, { filter: 'b', new: NONE });
    assert.equal(list, 'New issues: 12 TypeError: x is undefined 52 events · error · a · crm-web and 11 more');
    assert.deepEqual(others, []);
  });
});
