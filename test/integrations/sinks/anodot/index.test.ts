import assert from 'node:assert/strict';
import { sinkContract } from '../../../contract/sink.ts';
import { anodotSink, QUERY, TOKEN, URL_ } from '../../../support/build/anodot.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { reportOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';

for (const kind of ['counter', 'gauge'] as const) {
  describe(`the Anodot sink, events as ${kind}`, () => {
    sinkContract({
      create: (deps) => anodotSink(deps, { ANODOT_EVENTS_AS: kind }),
      name: 'anodot',
      repeatSafe: kind === 'gauge',
      secrets: [TOKEN],
      endpoints: [
        {
          name: 'Metrics 2.0',
          request: { url: URL_, query: QUERY },
          accepted: () => ({ body: { errors: [] } }),
          bodiesIn: (body) => body,
        },
      ],
    });
  });
}

describe('Anodot requests', () => {
  it('are plain JSON, not compressed, to the address of the settings', async () => {
    const sink = anodotSink(depsOf(), { ANODOT_URL: 'https://eu.anodot.com/proxy/' });
    const calls = mock(
      {
        method: 'POST',
        url: 'https://eu.anodot.com/proxy/api/v1/metrics',
        query: QUERY,
        headers: { 'content-type': 'application/json' },
      },
      { body: { errors: [] } },
    );
    await sink.send(sink.encode(reportOf()), scopeOf());
    assert.equal(calls[0]?.headers['content-encoding'], undefined);
  });

  it('that are not repeat-safe use no kept connection', async () => {
    for (const [kind, kept] of [
      ['counter', false],
      ['gauge', true],
    ] as const) {
      const sink = anodotSink(depsOf(), { ANODOT_EVENTS_AS: kind });
      const calls = mock({ method: 'POST', url: URL_, query: QUERY }, { body: { errors: [] } });
      await sink.send(sink.encode(reportOf()), scopeOf());
      assert.equal(calls[0]?.headers['connection'] === 'close', !kept);
    }
  });
});
