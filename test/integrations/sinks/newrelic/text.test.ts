import assert from 'node:assert/strict';
import { encode, ofType } from '../../../support/build/newrelic.ts';
import { detailsOf, filterOf, issueOf, reportOf } from '../../../support/build/reports.ts';

describe('New Relic texts', () => {
  const message = (title: string): unknown =>
    ofType(reportOf({ issues: [issueOf({ details: detailsOf({ title }) })] }), 'sentry_issue')[0]?.['message'];

  for (const [name, title, sent] of [
    ['4,096 characters go out whole', 'x'.repeat(4096), 'x'.repeat(4096)],
    ['4,097 characters are cut to 4,096, and the cut shows', 'x'.repeat(4097), `${'x'.repeat(4095)}…`],
    ['a cut never leaves half a character', `${'x'.repeat(4094)}😀😀`, `${'x'.repeat(4094)}…`],
    ['a whole character before the cut stays', `${'x'.repeat(4093)}😀😀`, `${'x'.repeat(4093)}😀…`],
    ['half characters become whole ones', 'a\uD83Db\uDE00', 'a\uFFFDb\uFFFD'],
    ['control characters become spaces', 'a\u0000\r\n\tb\u007f\u0085c', 'a b c'],
    ['other Unicode stays', 'Größe 名前 😀 "quoted" \\ <b>', 'Größe 名前 😀 "quoted" \\ <b>'],
  ] as const)
    it(name, () => assert.equal(message(title), sent));

  it('an empty title is left out', () => assert.equal(message(''), undefined));

  it('tags, labels, culprit, links and team are cut too', () => {
    const long = 'y'.repeat(5000);
    const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: long, labels: { l: long }, tags: ['t'] });
    const issues = [
      issueOf({ details: detailsOf({ culprit: long, url: `https://x/${long}`, assignee: long, shortId: long }) }),
    ];
    for (const { body } of encode(
      reportOf({
        filter,
        issues,
        splits: [{ issueId: '6507376925', project: 'crm-web', tags: { t: long }, events: 1 }],
      }),
    )) {
      for (const value of Object.values({ ...body, ...(body['attributes'] as object | undefined) }))
        assert.ok(typeof value !== 'string' || value.length <= 4096);
    }
  });
});
