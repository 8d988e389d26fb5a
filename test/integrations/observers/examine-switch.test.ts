import assert from 'node:assert/strict';
import { examineAddress, inspectAddress } from '../../../src/integrations/observers/dead-mans-switch/examine.ts';
import { depsOf } from '../../support/build/deps.ts';
import { mock, type Reply } from '../../support/build/http-mock.ts';
import { scopeOf } from '../../support/build/scope.ts';

const CHECK = 'https://hc-ping.com/6f1f4a50-1111-4222-8333-444455556666';

describe('the address of a dead man’s switch', () => {
  const asked = async (address: string, url: string, reply: Reply) => {
    mock({ url }, reply);
    const found = [];
    for await (const { status, say } of examineAddress(address, depsOf(), scopeOf())) found.push(`${status} ${say}`);
    return found;
  };

  it('of a check says whether that is there', async () => {
    const log = `${CHECK}/log`;
    const said = async (reply: Reply) => (await asked(CHECK, log, reply))[0]!;
    assert.match(await said({ body: 'OK' }), /^ok a check of healthchecks\.io/);
    assert.match(await said({ body: 'OK (not found)' }), /^failed there is no such check/);
    assert.match(await said({ body: 'hello <b>you</b>' }), /^failed answered hello .*, which no check does/);
    assert.match(await said({ body: ' ' }), /^failed answered nothing, which no check does/);
    assert.match(await said({ status: 404, body: 'not found' }), /^failed there is no such check/);
    assert.match(await said({ status: 404, body: 'nope' }), /^warning it has no log/);
  });

  it('with what a ping adds itself is refused', () => {
    const said = (address: string) => inspectAddress(address)[0]?.say.slice(0, 24);
    assert.equal(said(`${CHECK}/start`), 'ends in /start, so each ');
    assert.equal(said('https://x.example.com/%3Cid%3E'), 'holds a placeholder; wri');
    assert.equal(said('https://x.example.com/cron?status=ok'), 'has status= in its query');
    assert.equal(said(CHECK), undefined);
  });
});
