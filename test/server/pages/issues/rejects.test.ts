import assert from 'node:assert/strict';
import { readRejects, rejectsPart } from '../../../../src/server/pages/issues/rejects.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const one = { id: 'e', at: AT, reason: 'no JSON', place: 'line 7', text: '{x', isNote: false };

describe('what intakes could not read, on the page of issues', () => {
  it('is told of those that have some', async () => {
    const rejects = async (project: string) => ({
      total: project === 'a' ? 1 : 0,
      notes: project === 'b' ? 1 : 0,
      newest: [],
    });
    assert.deepEqual(
      (await readRejects(['a', 'b', 'c'], { rejects })).map(({ project }) => project),
      ['a', 'b'],
    );
    assert.equal(rejectsPart([], AT), null);
  });

  it('has the newest, remarks among them, and how many more there are', () => {
    const text = (total: number, notes: number, ...newest: readonly (typeof one)[]) =>
      textIn(rejectsPart([{ project: 'shop', total, notes, newest }], AT)!.text).replace(/^.*kept /, '');
    assert.equal(text(1, 0, one), 'shop : 1 record was not read 10:00 UTC: no JSON line 7 {x');
    assert.equal(
      text(12, 1, { ...one, isNote: true, text: '' }),
      'shop : 12 records were not read, 1 remark 10:00 UTC: read, but no JSON line 7 12 more: sentry-monitor intake shop --rejects',
    );
  });
});
