import assert from 'node:assert/strict';
import { hook } from '../../examples/sinks/hook.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { sinkContract } from '../contract/sink.ts';
import { depsOf } from '../support/build/deps.ts';
import { mock } from '../support/build/http-mock.ts';
import { issueOf, reportOf } from '../support/build/reports.ts';
import { scopeOf } from '../support/build/scope.ts';

const KEY = 'k7XyZab09QwErTy12Mn';
const ADDRESS = `https://hooks.example.com/in/${KEY}`;
const trending = issueOf({ trending: true, state: 'surging' });

function create(deps: Deps, name = 'hook') {
  return hook.read({ HOOK_URL: ADDRESS }).create(deps, name).part;
}

describe('the example of a sink with its key in the address, for what trends only', () => {
  sinkContract({
    create,
    name: 'hook',
    repeatSafe: false,
    secrets: [KEY],
    wanted: (over = {}) => reportOf({ issues: [trending], ...over }),
    unwanted: reportOf({ issues: [issueOf()] }),
    endpoints: [
      {
        name: 'the webhook',
        request: { url: ADDRESS },
        accepted: () => ({ body: { ok: true } }),
        bodiesIn: (body) => [body],
      },
    ],
  });

  it('says what trends, with a link', async () => {
    const sink = create(depsOf());
    const calls = mock({ method: 'POST', url: ADDRESS }, { body: { ok: true } });
    await sink.send(sink.encode(reportOf({ issues: [trending] })), scopeOf());
    assert.deepEqual(calls[0]!.body, {
      text: 'crm-checkout: Error: card declined is surging in crm-web, 52 events in 5 minutes',
      link: 'https://acme.sentry.io/issues/6507376925/',
    });
  });

  it('has the whole address as its secret, and shows its path in no error or log line', async () => {
    const deps = depsOf();
    const sink = create(deps);
    const scope = scopeOf();
    mock({ method: 'POST', url: ADDRESS }, { status: 404, body: `no /in/${KEY} here` });
    const outcomes = await sink.send(sink.encode(reportOf({ issues: [trending] })), scope);
    assert.ok(!JSON.stringify([outcomes[0], scope.log.lines]).includes(KEY));
    assert.deepEqual(hook.read({ HOOK_URL: ADDRESS }).secrets, [ADDRESS]);
  });
});
