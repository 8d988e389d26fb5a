import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';

const ID = '0123456789abcdef0123456789abcdef';
const EVENT = {
  event_id: ID,
  timestamp: 1_795_000_000.5,
  fingerprint: ['one'],
  exception: { values: [{ type: 'Broken', value: 'something' }] },
};

describe("a client's envelopes", () => {
  let sandbox: Sandbox;
  let project: string;
  before(async () => {
    sandbox = await startSandbox({ story: 'none', now: () => 1_795_000_060_000 });
    project = sandbox.world.addProject({ slug: 'web' }).id;
  });
  after(() => sandbox.close());

  const post = (lines: readonly unknown[], more: { key?: string; project?: string } = {}): Promise<Response> =>
    fetch(`${sandbox.url}/api/${more.project ?? project}/envelope/`, {
      method: 'POST',
      headers: { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${more.key ?? sandbox.keys.dsnKey}` },
      body: lines.map((line) => JSON.stringify(line)).join('\n'),
    });
  const resolve = (id: string): Promise<Response> =>
    fetch(`${sandbox.sentryUrl}/api/0/organizations/${sandbox.keys.sentryOrg}/eventids/${id}/`, {
      headers: { authorization: `Bearer ${sandbox.keys.sentryToken}` },
    });

  it('become events, whose id leads to their issue', async () => {
    assert.equal((await resolve(ID)).status, 404);
    const taken = await post([{ event_id: ID }, { type: 'event' }, EVENT]);
    assert.deepEqual([taken.status, await taken.json()], [200, { id: ID }]);
    const found = (await (await resolve(ID)).json()) as Record<string, string>;
    assert.equal(found['projectSlug'], 'web');
    const [event] = sandbox.world.events(1_795_000_000_000, 1_795_000_001_000);
    assert.deepEqual([event!.id, event!.issueId, event!.title], [ID, found['groupId'], 'Broken: something']);
  });

  for (const [name, lines, more, status] of [
    ['of a stranger', [{ event_id: ID }, { type: 'event' }, EVENT], { key: 'abc0' }, 403],
    ['of another project', [{ event_id: ID }, { type: 'event' }, EVENT], { project: '1' }, 403],
    ['without an event', [{ event_id: ID }, { type: 'session' }, EVENT], {}, 400],
    ['of two ids', [{ event_id: ID.replace('0', 'f') }, { type: 'event' }, EVENT], {}, 400],
  ] as const)
    it(`${name} are refused`, async () => assert.equal((await post(lines, more)).status, status));

  it('have ids that can be ids', async () => assert.equal((await resolve('xyz')).status, 400));
});
