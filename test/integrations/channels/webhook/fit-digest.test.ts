import assert from 'node:assert/strict';
import { fitDigest } from '../../../../src/integrations/channels/webhook/digest.ts';
import { digestOf, filterOf, issueOf } from '../../../support/digests/digests.ts';

const FILTERS = ['a', 'b', 'c', 'd', 'e'].map((filter) =>
  filterOf({ filter, biggest: Array.from({ length: 12 }, () => issueOf({ title: filter === 'a' ? null : 'x' })) }),
);
const LINES = Array.from({ length: 60 }, (_, index) => `line ${index}`);

describe('a digest that is too large for a webhook', () => {
  const fit = (fits: Parameters<typeof fitDigest>[2]) =>
    fitDigest({ digest: digestOf({ filters: FILTERS }), lines: LINES }, (text) => `${text}!`, fits);

  it('has fewer issues first, then fewer lines', () => {
    const issues: (readonly number[])[] = [];
    const { digest, lines, filtersLeftOut } = fit(({ digest: { filters }, lines: { length } }) => {
      issues.push([filters[1]!.biggest.length, length]);
      return length < 60;
    });
    assert.deepEqual(issues, [
      [10, 60],
      [5, 60],
      [2, 60],
      [0, 51],
    ]);
    assert.deepEqual([digest.filters.length, lines.at(-1), filtersLeftOut], [5, 'and 10 more lines', 0]);
  });

  it('has titles as a reader gets them', () => {
    const { digest } = fit(() => true);
    assert.deepEqual([digest.filters[0]!.biggest[0]!.title, digest.filters[1]!.biggest[0]!.title], [null, 'x!']);
  });

  it('is without its last filters at the end, and says how many', () => {
    for (const most of [0, 1, 3, 4]) {
      const { digest, filtersLeftOut } = fit((fitted) => fitted.digest.filters.length <= most);
      assert.deepEqual(
        [digest.filters.map(({ filter }) => filter).join(''), filtersLeftOut],
        ['abcde'.slice(0, most), 5 - most],
      );
    }
  });
});
