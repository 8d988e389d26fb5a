import { outcomeOf, undocumented } from '../../src/core/model/errors.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { parseJson } from '../../src/platform/http/json.ts';
import { issueOf, reportOf } from '../support/build/reports.ts';
import { sinkContract } from './sink.ts';

const KEY = 'hook-0123456789ab/cd+ef';
const ADDRESS = 'https://hooks.example.com/in';

/** Only of what trends: a record an issue. As small as a sink can be that wants only some reports. */
function trendingOnly({ http }: Deps): Sink {
  const service = 'hook';
  const request = { service, method: 'POST', url: ADDRESS, isSecretUrl: true, timeoutMs: 20_000 } as const;
  return {
    name: service,
    repeatSafe: false,
    limits: { items: 100, bytes: 100_000 },
    uncorrectable: 'what was said stays said',
    encode: ({ id, revision, issues }: Report) =>
      issues
        .filter(({ trending }) => trending)
        .map(({ issueId, events }) => ({ key: `${id}/${revision}/${issueId}`, body: { issueId, events } })),
    async send(items, scope) {
      const body = Buffer.from(JSON.stringify(items.map((item) => item.body)));
      const headers = { Authorization: `Bearer ${KEY}` };
      try {
        const { status, text } = await http({ ...request, headers, body, repeatSafe: false, secrets: [KEY], scope });
        const took = (parseJson(text) as { taken?: unknown } | null)?.taken === items.length;
        return items.map(() => (took ? { status: 'accepted' } : undocumented(service, status)));
      } catch (error) {
        return items.map(() => outcomeOf(error));
      }
    },
  };
}

describe('a sink that wants only some reports', () => {
  sinkContract({
    create: trendingOnly,
    name: 'hook',
    repeatSafe: false,
    secrets: [KEY],
    wanted: (over = {}) => reportOf({ issues: [issueOf({ trending: true }), issueOf({ issueId: '7' })], ...over }),
    unwanted: reportOf({ issues: [issueOf()] }),
    endpoints: [
      {
        name: 'a webhook',
        request: { url: ADDRESS },
        accepted: (count) => ({ status: 200, body: { taken: count } }),
        bodiesIn: (body) => body,
      },
    ],
  });
});
