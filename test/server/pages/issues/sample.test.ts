import assert from 'node:assert/strict';
import { newestPart } from '../../../../src/server/pages/issues/one/sample.ts';
import type { IssueSeen } from '../../../../src/server/pages/issues/one/read.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);

describe('the newest event of an issue', () => {
  const part = (sample: object | null, which = 'newest'): string | null => {
    const kept = { which, at: NOW, eventId: 'e-9', release: null, environment: '', user: 'id:5', tags: {}, sample };
    const found = newestPart({ stored: { samples: [kept] } } as unknown as IssueSeen, NOW);
    return (
      found &&
      textIn(found.text)
        .replace(/^.*e-9 /, '')
        .replace(/^user id:5 ?/, '')
    );
  };
  const frame = (module: string | null, line: number | null, column: number | null, name: string | null = 'f') => ({
    ...{ module, line, column, function: name },
  });
  const sample = (given: object) => ({ text: null, frames: [], context: [], ...given });

  it('has its text, and the lines before it, where there are any', () => {
    assert.equal(part(sample({})), '');
    assert.equal(part(null), '');
    assert.equal(part(sample({ text: 'one', context: ['GET /', 'POST /'] })), 'Message one Lines before GET / POST /');
    assert.equal(part(null, 'first'), null);
  });

  it('has its calls, the newest first, as far as they are known', () => {
    const frames = [frame('a.js', 1, 2), frame('b.js', 3, null), frame('c.js', null, null), frame(null, 4, 5, null)];
    const said = 'Calls the newest first <anonymous> f in c.js f in b.js:3 f in a.js:1:2';
    assert.equal(part(sample({ frames })), said);
    const many = Array.from({ length: 10 }, (_, n) => frame(`m${n}.js`, n, 1));
    assert.match(part(sample({ frames: many }))!, /2 older calls f in m1\.js:1:1 f in m0\.js:0:1$/);
  });
});
