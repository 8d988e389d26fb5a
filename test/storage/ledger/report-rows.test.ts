import assert from 'node:assert/strict';
import { reportIn, rowOf } from '../../../src/storage/ledger/report-rows.ts';
import type { ReportRow } from '../../../src/storage/database/tables.ts';
import { detailsOf, issueOf, reportOf } from '../../support/build/reports.ts';

const ISSUE = issueOf({ issueId: '7', details: detailsOf({ title: 'Error: card declined' }) });
const row = (issues: string): ReportRow => ({
  ...rowOf(reportOf({ id: 'shop@2026-11-20T10:00:00.000Z' })),
  issues,
  recorded_at: 0,
  read_at: null,
});
const TEXT = rowOf(reportOf({ issues: [ISSUE] })).issues!;
const issuesOf = (text: string) => reportIn([row(text)]).issues;

describe('issues of a row', () => {
  it('are those that were kept; a status that an older version did not write is not known', () => {
    assert.deepEqual(issuesOf(TEXT), [ISSUE]);
    const older = TEXT.replace(/"status":"[^"]*",/, '');
    assert.notEqual(older, TEXT);
    assert.equal(issuesOf(older)[0]!.details!.status, null);
    assert.deepEqual(issuesOf('[]'), []);
  });

  it('are not guessed at where somebody else wrote them', () => {
    for (const [what, text] of [
      ['no JSON', '[{'],
      ['no list', '{}'],
      ['no issue', '[null]'],
      ['a count that is a text', TEXT.replace(/"events":\d+/, '"events":"1"')],
      ['no count', TEXT.replace(/"events":\d+,/, '')],
      ['a state that there is not', TEXT.replace(/"state":"\w+"/, '"state":"burning"')],
      ['a title that is a number', TEXT.replace('"Error: card declined"', '7')],
      ['details that are a text', TEXT.replace(/"details":\{[^}]*\}/, '"details":"none"')],
    ] as const)
      assert.throws(() => issuesOf(text), /the ledger holds issues that this program did not write/, what);
  });

  it('have no more than is known of them', () => {
    const more = TEXT.replace('"events"', '"extra":1,"events"').replace('"title"', '"other":2,"title"');
    assert.deepEqual(issuesOf(more), [ISSUE]);
  });
});
