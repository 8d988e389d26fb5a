import assert from 'node:assert/strict';
import { explainedAll, whatToDo } from '../../../src/server/pages/explained.ts';
import { textIn } from '../../support/pages/read-page.ts';

describe('what a page explains', () => {
  it('is a link to what to do, where there is something', () => {
    assert.equal(whatToDo(null), null);
    const { text } = whatToDo('gap-totals' as never)!;
    assert.equal(textIn(text), 'what to do');
  });

  it('has each of several by its name', () => {
    assert.equal(explainedAll([]), null);
    const { text } = explainedAll(['gap-rate-limit', 'page-silent'] as never)!;
    assert.equal(textIn(text), 'What to do: rate-limit , silent');
  });
});
