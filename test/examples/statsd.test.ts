import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { statsd } from '../../examples/sinks/statsd.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { encoding } from '../contract/sink-encoding.ts';
import { depsOf } from '../support/build/deps.ts';
import { reportOf } from '../support/build/reports.ts';
import { scopeOf } from '../support/build/scope.ts';

function create(deps: Deps, env: Record<string, string> = { STATSD_HOST: '127.0.0.1' }): Sink {
  return statsd.read(env).create(deps, 'statsd').part;
}

describe('the example of a UDP sink', () => {
  describe('keeps what of the contract does not speak of HTTP', () => {
    encoding({ create: (deps) => create(deps), name: 'statsd', repeatSafe: true, secrets: [], endpoints: [] });
  });

  it('sends a gauge of each project in one packet', async () => {
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    const packet = once(server, 'message') as Promise<[Buffer]>;
    const sink = create(depsOf(), { STATSD_HOST: '127.0.0.1', STATSD_PORT: String(server.address().port) });

    const outcomes = await sink.send(sink.encode(reportOf()), scopeOf());
    const [bytes] = await packet;
    server.close();

    assert.equal(bytes.toString(), 'sentry.events.crm-checkout.crm-web:60|g\nsentry.events.crm-checkout.crm-api:0|g');
    assert.deepEqual(outcomes, [{ status: 'accepted' }, { status: 'accepted' }]);
  });

  it('sends no number that is not known: there is no place to say so', () => {
    const gaps = [{ part: 'totals', reason: 'not_answered', project: 'crm-api' }] as const;
    const report = reportOf({ gaps, complete: false });
    assert.deepEqual(
      create(depsOf())
        .encode({ ...report, totals: report.totals.slice(0, 1) })
        .map(({ body }) => body['line']),
      ['sentry.events.crm-checkout.crm-web:60|g'],
    );
  });

  it('says that it could not send, and what to look at', async () => {
    const sink = create(depsOf(), { STATSD_HOST: 'no-such-host.invalid' });
    const [outcome] = await sink.send(sink.encode(reportOf()), scopeOf());
    assert.ok(outcome?.status === 'failed');
    assert.match(outcome.fault.message, /^statsd: cannot send \((ENOTFOUND|EAI_AGAIN)\); check STATSD_HOST$/);
  });

  it('sends nothing when the run has ended', async () => {
    const sink = create(depsOf());
    const outcomes = await sink.send(sink.encode(reportOf()), scopeOf({ signal: AbortSignal.abort() }));
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['failed']);
  });
});
