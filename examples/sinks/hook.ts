import { secretUrl } from '../../src/config/formats.ts';
import type { Item } from '../../src/core/model/item.ts';
import { outcomeOf, undocumented } from '../../src/core/model/errors.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import { type Deps, plugin, type SinkPlugin } from '../../src/integrations/plugin.ts';
import { parseJson } from '../../src/platform/http/json.ts';

interface Settings {
  readonly url: string;
}

/** A chat's incoming webhook: its address is its key, and it is told only of what trends. */
export const hook: SinkPlugin = plugin<Sink, Settings>({
  settings: {
    // A secret: logs, answers and errors never show it, however a service quotes it.
    url: {
      doc: 'Address of the webhook',
      format: secretUrl,
      default: null,
      sensitive: true,
      env: 'HOOK_URL',
      key: 'hook',
    },
  },
  wantedBy: ['HOOK_URL'],
  create: (settings, deps, name) => ({
    name,
    // Told twice is told twice: what may have arrived is not sent again.
    repeatSafe: false,
    // One message a request.
    limits: { items: 1, bytes: 20_000 },
    encode,
    uncorrectable: 'what was said stays said; leave it out of RECOUNT_SINKS',
    send: createSend(settings, deps, name),
  }),
});

/** Pure: the same report gives the same items on every server. None: this sink wants nothing of the report. */
function encode({ id, revision, filter, issues }: Report): readonly Item[] {
  return issues
    .filter(({ trending }) => trending)
    .map(({ issueId, project, events, state, details, url }) => ({
      key: JSON.stringify([id, revision, issueId]),
      body: {
        text: `${filter.name}: ${details?.title ?? issueId} is ${state} in ${project}, ${events} events in 5 minutes`,
        link: details?.url ?? url,
      },
    }));
}

function createSend({ url }: Settings, { http }: Deps, service: string): Sink['send'] {
  // isSecretUrl: logs name the host at most. secrets: what is masked when the service quotes it, or a part of it.
  const secrets = [url, ...new URL(url).pathname.split('/').filter((part) => part.length >= 8)];
  const target = { service, method: 'POST', url, isSecretUrl: true, secrets, timeoutMs: 20_000 } as const;
  return async (items, scope) => {
    const body = Buffer.from(JSON.stringify(items[0]?.body));
    const headers = { 'Content-Type': 'application/json' };
    try {
      const { status, text } = await http({ ...target, headers, body, repeatSafe: false, scope });
      // A 2xx alone is no success: a login page has one too. Only what this service documents counts.
      const took = (parseJson(text) as { ok?: unknown } | null | undefined)?.ok === true;
      return items.map(() => (took ? { status: 'accepted' } : undocumented(service, status, 'HOOK_URL')));
    } catch (error) {
      return items.map(() => outcomeOf(error));
    }
  };
}
