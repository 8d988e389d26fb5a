import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { box, table } from '../support.ts';

/** Each search and the text of its 400. */
const REFUSED: ReadonlyArray<readonly [string, RegExp]> = [
  [
    'hi \n there',
    /^Parse error at 'hi \n ther' \(column 4\)\. This is commonly caused by unmatched parentheses\. Enclose any text in double quotes\.$/,
  ],
  ['(level:error', /^Parse error at '\(level' \(column 1\)/],
  ['level:error)', /^Parse error at .* \(column 12\)/],
  ['()', /^Parse error/],
  ['message:', /^Empty string after 'message:'$/],
  ['level: error', /^Empty string after 'level:'$/],
  ['message:"open', /^Invalid quote at '"open': quotes must enclose text or be escaped\.$/],
  ['message:op"en', /^Invalid quote at 'op"en'/],
  ['message:"C:\\temp\\"', /^Invalid quote/],
  ['say "hello" "wor', /^Parse error/],
  ['is:unresolved', /^"is:" queries are not supported in this search\.$/],
  ['level:error is:unresolved', /^"is:" queries are not supported in this search\.$/],
  ['count():>1 OR level:error', /^Having an OR between aggregate filters and normal filters is invalid\.$/],
  ['OR level:error', /left side of 'OR'/],
  ['level:error AND', /right side of 'AND'/],
  ['issue.id:abc', /Invalid number/],
  ['count():>many', /Invalid number/],
  ['nonsense():>1', /not a valid function/],
  ['level:[error', /^Parse error/],
  ['project:nowhere', /^Invalid query\. Project\(s\) nowhere do not exist or are not actively selected\.$/],
];

describe('sandbox: searches that the events table refuses', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web' });
    sandbox.world.addProject({ slug: 'api' });
  });
  after(() => sandbox.close());

  for (const [search, text] of REFUSED) {
    it(`refuses ${JSON.stringify(search)}`, async () => {
      const { status, body } = await table(sandbox, `field=id&query=${encodeURIComponent(search)}`);
      assert.equal(status, 400);
      assert.match(body.detail, text);
    });
  }
});
