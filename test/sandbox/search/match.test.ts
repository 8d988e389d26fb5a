import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { box, table } from '../support.ts';
import { EVENTS } from './seven-events.ts';

/** Each search and the events it must find, by hand. */
const FINDS: ReadonlyArray<readonly [string, string]> = [
  ['', 'e1 e2 e3 e4 e5 e6 e7'],
  // free text: one phrase, case-insensitive, anywhere
  ['reset by peer', 'e2'],
  ['RESET BY PEER', 'e2'],
  ['peer reset', ''],
  ['cannot', 'e1 e5'],
  ['"cannot open"', 'e5'],
  ['order', 'e4 e6 e7'],
  ['addItem', 'e1'],
  ['app/', 'e1 e6'],
  ['orders.list api', ''],
  ['cannot level:error', 'e1 e5'],
  ['level:error cannot read', 'e1'],
  // message:
  ['message:"timed out"', 'e6'],
  ['message:cart.js', 'e1'],
  ['!message:"cannot"', 'e2 e3 e4 e6 e7'],
  ['message:"vendor.js"', ''],
  ['message:"(order)"', 'e6'],
  ['message:"c*n*t read"', 'e1'],
  ['message:"said*post"', 'e3'],
  ['message:["boom","boom and order boom"]', 'e7'],
  ['message:""', ''],
  // quotes, stars, backslashes
  ['message:"He said \\"no\\""', 'e3'],
  ['message:"SELECT \\* FROM"', 'e4'],
  ['message:"SELECT * FROM"', 'e4'],
  ['message:"SELECT \\*FROM"', ''],
  ['message:"C:\\temp"', 'e5'],
  ['message:"C:\\\\temp"', ''],
  ['message:"C:\\\\temp*"', 'e5'],
  // title is exact, wildcards are not
  ['title:boom', 'e7'],
  ['title:Boom', ''],
  ['title:"TypeError"', ''],
  ['title:"TypeError*"', 'e1'],
  ['title:"typeerror*"', 'e1'],
  ['title:"*error*"', 'e1 e3 e4 e5 e6'],
  ['title:"*price"', 'e1'],
  // keys
  ['level:error', 'e1 e3 e5 e6'],
  ['!level:error', 'e2 e4 e7'],
  ['level:[error, fatal]', 'e1 e3 e4 e5 e6'],
  ['!level:[error,fatal]', 'e2 e7'],
  ['tenant:["acme corp", other]', 'e4'],
  ['release:web@1.4.*', 'e1 e2'],
  ['release:"web@1.4.2"', 'e1'],
  ['environment:production level:fatal', 'e4'],
  ['project:api', 'e3 e4 e5'],
  ['issue:WEB-1', 'e1'],
  ['issue.id:103', 'e3 e4'],
  ['issue.id:>103', 'e5 e6'],
  ['error.type:SqlError', 'e4'],
  ['error.unhandled:true', 'e1'],
  ['event.type:default', 'e2 e7'],
  ['stack.filename:"*vendor.js"', 'e1'],
  ['user:"id:5"', 'e1 e4'],
  ['user.id:5', 'e1 e4'],
  ['transaction:/checkout', 'e6'],
  ['timestamp:>=2026-11-20T10:00:06', 'e6 e7'],
  // tags
  ['browser.name:Chrome', 'e1'],
  ['tags[browser.name]:Firefox', 'e3'],
  ['tags[level]:vip', 'e1'],
  ['level:vip', ''],
  ['has:tenant', 'e4'],
  ['has:shard', 'e5'],
  ['!has:release', 'e3 e5 e6 e7'],
  ['has:user', 'e1 e3 e4'],
  ['release:""', 'e3 e5 e6 e7'],
  ['!release:""', 'e1 e2 e4'],
  ['shard:>2', ''],
  // boolean
  ['boom OR reset', 'e2 e7'],
  ['boom or reset', 'e2 e7'],
  ['boom AND order', 'e7'],
  ['"boom and order"', 'e7'],
  ['level:info OR level:fatal environment:production', 'e4 e7'],
  ['(level:info OR level:fatal) environment:production', 'e4'],
  ['level:fatal OR level:error AND project:web', 'e1 e4 e6'],
  ['(message:"reset" OR message:"timed") !environment:production', 'e2 e6'],
  ['environment:staging ((level:warning) OR (level:error))', 'e2 e6'],
  ['orderly', ''],
  // As Sentry's grammar reads it, whatever it looks like.
  ['or', 'e1 e2 e3 e4 e5 e6 e7'],
  ['""', 'e1 e2 e3 e4 e5 e6 e7'],
  ['(and)', 'e1 e2 e3 e4 e5 e6 e7'],
  ['!project:nope', 'e1 e2 e3 e4 e5 e6 e7'],
  ['has:project', 'e1 e2 e3 e4 e5 e6 e7'],
  ['He said "no"', 'e3'],
  ['"said "no', 'e3'],
  ['TIMED OUT (order)', 'e6'],
  ['level:error (said" ) OR ( "boom)', ''],
  ['NOT boom', ''],
  ['!boom', ''],
  ['-level:error', ''],
  ['12:30', ''],
  ['level:>error', ''],
  ['release:[web@1.4.2 web@1.4.3]', ''],
  ['release:[web@1.4.2, "web@1.4.3"]', 'e1 e2'],
  ['!release:[web*, api*]', 'e1 e2 e3 e4 e5 e6 e7'],
  ['message:"C:\\\\temp\\\\*"', 'e5'],
  ['issue.id:[101, 102]', 'e1 e2'],
  ['issue.id:0.103k', 'e3 e4'],
  ['error.handled:0', 'e1'],
  ['timestamp:2026-11-20', 'e1 e2 e3 e4 e5 e6 e7'],
  ['timestamp:2026-11-19', ''],
  // A key of issues is a tag here; but for their status, as it is now.
  ['firstSeen:>2000-01-01', ''],
  ['!times_seen:5', 'e1 e2 e3 e4 e5 e6 e7'],
  ['has:assigned', ''],
  ['is:resolved', 'e2'],
  ['!is:archived', 'e1 e2 e5 e6 e7'],
  ['status:[resolved, ignored]', 'e2 e3 e4'],
  // Fields of its own; a tag of that name is another thing.
  ['geo.city:Graz', 'e5'],
  ['tags[geo.city]:Linz', 'e5'],
  ['geo.city:Linz', ''],
  ['error.mechanism:onerror', 'e5'],
  // Only A to Z is folded, but beside a star.
  ['message:"Über"', 'e5'],
  ['message:"ÜBER"', 'e5'],
  ['message:"über"', ''],
  ['message:"über*"', 'e5'],
];

describe('sandbox: search of the events table', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web' });
    sandbox.world.addProject({ slug: 'api' });
    sandbox.world.addEvents(EVENTS);
    sandbox.world.addIssue({ id: 102, project: 'web', status: 'resolved' });
    sandbox.world.addIssue({ id: 103, project: 'api', status: 'ignored' });
  });
  after(() => sandbox.close());

  for (const [search, ids] of FINDS) {
    it(`finds "${ids}" for ${JSON.stringify(search)}`, async () => {
      const { status, body } = await table(sandbox, `field=id&query=${encodeURIComponent(search)}`);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(
        body.data
          .map((row: { id: string }) => row.id)
          .sort()
          .join(' '),
        ids,
      );
    });
  }

  it('takes a condition on an aggregate as HAVING', async () => {
    const { body } = await table(sandbox, `field=issue.id&field=count()&query=${encodeURIComponent('count():>1')}`);
    assert.deepEqual(body.data, [{ 'issue.id': 103, 'count()': 2 }]);
  });

  it('combines HAVING with conditions on events', async () => {
    const { body } = await table(
      sandbox,
      `field=project&field=count()&sort=project&query=${encodeURIComponent('level:error (count():>1 OR count_unique(user):>5)')}`,
    );
    assert.deepEqual(body.data, [
      { project: 'api', 'count()': 2 },
      { project: 'web', 'count()': 2 },
    ]);
  });
});
