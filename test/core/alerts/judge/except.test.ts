import assert from 'node:assert/strict';
import { isExcepted } from '../../../../src/core/alerts/judge/parts/except.ts';
import { issueIn } from '../../../support/alerting/stage.ts';

describe('what a rule leaves out', () => {
  const fits = (pattern: string, title: string | null) =>
    isExcepted({ except: [{ property: 'title', pattern }] as never }, issueIn('7', 1, { title }));

  it('fits a whole text, in any case, with stars for any part', () => {
    for (const [pattern, is] of [
      ['timeout', false],
      ['TIMEOUT of the cart*', true],
      ['*cart', false],
      ['time*of*cart*', true],
      ['*of*of*of*', false],
      ['time*shop*the*', false],
      ['*shop', true],
    ] as const)
      assert.equal(fits(pattern, 'Timeout of the cart of the shop'), is, pattern);
  });

  it('is not known where the text is not', () => assert.equal(fits('x', null), null));
});
