import assert from 'node:assert/strict';
import { asksState } from '../../../src/core/model/filter.ts';

describe('whether a query asks for a present state', () => {
  for (const query of [
    'is:unresolved',
    '!is:resolved',
    'level:error is:archived',
    'level:error (is:ignored OR release:1.0)',
    'level:error\tis:muted',
    'f(is:resolved)',
    '"is":unresolved',
    'status:resolved',
    '!"status":resolved',
    'release:latest',
    'release:"latest"',
    'level:error !release:latest',
    '(release:latest)',
    'release:[1.0, latest]',
    'title:"a \\" b" is:unresolved',
    'a" is:unresolved "b',
  ])
    it(`${query}: yes`, () => assert.equal(asksState({ query }), true));

  for (const query of [
    'level:error',
    'message:"is:unresolved"',
    '"is:unresolved"',
    '"the tag is:unresolved was"',
    'title:"a \\" is:unresolved"',
    'this:unresolved',
    'tags[is]:unresolved',
    'x.is:unresolved',
    'has:is',
    'IS:unresolved',
    'http.status:200',
    'release:latest-2',
    'release:1.0',
    'release:["1.0", 2.0]',
    '"latest"',
  ])
    it(`${query}: no`, () => assert.equal(asksState({ query }), false));

  it('without a query: no', () => assert.equal(asksState({}), false));
});
