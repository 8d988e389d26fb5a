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
  ['( )', /^Parse error/],
  ['a" ) OR ( "b', /^Parse error/],
  ['message:', /^Empty string after 'message:'$/],
  ['level: error', /^Empty string after 'level:'$/],
  ['message:"open', /^Invalid quote at '"open': quotes must enclose text or be escaped\.$/],
  ['message:op"en', /^Invalid quote at 'op"en'/],
  ['message:"C:\\temp\\"', /^Invalid quote/],
  ['is:new', /^Invalid value for "is" search, valid values are \["resolved","unresolved"/],
  ['is:[resolved, ignored]', /^"in" syntax invalid/],
  ['status:bogus', /^Invalid status value of 'bogus'$/],
  ['has:"a b"', /^Invalid format for "has" search/],
  ['release:[1.0, ]', /^Lists should not have empty values$/],
  ['k:[a,]', /^Lists should not have empty values$/],
  ['foo OR ""', /right side of 'OR'/],
  ['"" or x', /left side of 'OR'/],
  ['id:abc', /^id must be a valid UUID hex/],
  ['trace.span:abc', /^trace\.span must be a valid 16 character hex/],
  ['error.handled:yes', /Invalid boolean/],
  ['error.received:yesterday', /Invalid date/],
  ['!timestamp:2026-11-20', /Invalid date/],
  ['issue.id:5h', /Invalid number/],
  ['project:[web, ap*]', /^Invalid query\. Project\(s\) ap\* do not exist/],
  ['count():>1 OR level:error', /^Having an OR between aggregate filters and normal filters is invalid\.$/],
  ['OR level:error', /left side of 'OR'/],
  ['level:error AND', /right side of 'AND'/],
  ['issue.id:abc', /Invalid number/],
  ['nonsense():>1', /not a valid function/],
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
