import assert from 'node:assert/strict';
import { storedLines } from '../../../../src/core/digests/words/stored.ts';
import { digestOf, filterOf, issueOf } from '../../../support/digests/digests.ts';

const said = (over: Parameters<typeof digestOf>[0]): readonly string[] =>
  storedLines(digestOf({ zone: 'UTC', since: 'delivered', ...over }));
const empty = { biggest: [], events: 0, issues: null };

describe('the words of a digest of what was stored', () => {
  it('name the filters where there are several, and leave out those without events', () => {
    const bare = issueOf({ title: null, url: null, state: 'new', id: '7', events: 1 });
    const filters = [
      filterOf({ ...empty, events: 1, issues: 1, new: { count: 1, first: [] }, biggest: [bare] }),
      filterOf({ ...empty, filter: 'crm-mail' }),
    ];
    assert.deepEqual(said({ filters, lacks: ['host-2 was not read yet'] }), [
      'crm-morning: 1 event since Thu 2026-11-19 08:00 UTC',
      'host-2 was not read yet',
      'crm-checkout: 1 event in 1 issue, 1 new',
      '- 1 event, new: issue 7',
    ]);
  });

  it('have of an issue its address, and say when it is late and what is not named', () => {
    const filters = [filterOf({ events: 60, issues: 3, biggest: [issueOf()] })];
    assert.deepEqual(said({ filters, late: true }), [
      'Late: crm-morning: 60 events since Thu 2026-11-19 08:00 UTC',
      '60 events in 3 issues',
      '- 52 events: TypeError: x is undefined https://sentry.example.com/issues/6507376925/',
      '- and 2 more issues',
    ]);
  });

  it('have the titles of the first and last record where they say something else', () => {
    const at = (hour: number): string => `2026-11-20T0${hour}:00:00.000Z`;
    const one = { at: at(5), title: 'TypeError: x is undefined' };
    const line = (records: NonNullable<ReturnType<typeof issueOf>['records']>): string =>
      said({ filters: [filterOf({ biggest: [issueOf({ url: null, records })] })] })[2]!;
    assert.equal(line({ first: one, last: one }), '- 52 events: TypeError: x is undefined; at Fri 2026-11-20 05:00');
    assert.equal(
      line({ first: { at: at(4), title: 'y' }, last: one }),
      '- 52 events: TypeError: x is undefined; first Fri 2026-11-20 04:00 "y", last Fri 2026-11-20 05:00',
    );
  });

  it('count no issues where nobody knows them', () =>
    assert.equal(said({ filters: [filterOf({ ...empty, events: 4 })] })[1], '4 events in 0 issues'));
});
