import * as z from 'zod/mini';
import type { Complaint } from '../../src/config/filters/complaint.ts';
import { baseUrl, secret, text } from '../../src/config/formats.ts';
import { faultOf, UpstreamError } from '../../src/core/model/errors.ts';
import type { Filter } from '../../src/core/model/filter.ts';
import type { Answer, Ask, Reading } from '../../src/core/model/reading.ts';
import { windowAt } from '../../src/core/model/window.ts';
import type { Scope } from '../../src/core/ports/scope.ts';
import type { Source } from '../../src/core/ports/source.ts';
import { type Deps, plugin, type Plugin } from '../../src/integrations/plugin.ts';
import { parseJson } from '../../src/platform/http/json.ts';

interface Settings {
  readonly url: string;
  readonly org: string;
  readonly token: string;
}

/** What the server documents. Whatever else it answers is a fault, never a zero. */
const count = z.int().check(z.nonnegative());
const Counted = z.object({
  projects: z.array(
    z.object({
      id: z.string(),
      slug: z.string(),
      events: count,
      users: count,
      issues: z.array(z.object({ id: z.string(), events: count, users: count, url: z.string() })),
    }),
  ),
});
type Counted = z.infer<typeof Counted>;

/** A server that counts for itself: `GET /count?from=&to=&text=` has each project of an organization. */
export const tally: Plugin<Source> = plugin<Source, Settings>({
  settings: {
    url: { doc: 'Address of the server', format: baseUrl, default: null, env: 'TALLY_URL' },
    org: {
      doc: 'The organization',
      format: text(/[a-z0-9-]+/, 'a slug'),
      default: null,
      env: 'TALLY_ORG',
      key: 'tally',
    },
    token: { doc: 'Its token', format: secret(), default: null, sensitive: true, env: 'TALLY_TOKEN', key: 'key' },
  },
  wantedBy: ['TALLY_TOKEN'],
  vet,
  create: (settings, deps, name) => {
    const answer = createAnswer(settings, deps, name);
    return {
      name,
      // At the start: what a person should mend, before the first window is lost.
      async prepare(filters, scope) {
        const window = windowAt(deps.now(), 0);
        const answers = await Promise.all(filters.map((filter) => answer({ filter, window, want: 'totals' }, scope)));
        const faults = new Set(answers.flatMap((it) => ('fault' in it ? [it.fault.message] : [])));
        return [...faults].map((say) => ({ check: name, status: 'failed', say }));
      },
      async *read(asks, scope) {
        for (const ask of asks) yield await answer(ask, scope);
      },
    };
  },
});

/** What the server cannot do is refused at the start, by the filter's line: else it would be left out in silence. */
function vet(filters: readonly Filter[]): readonly Complaint[] {
  const keys = ['environments', 'levels', 'exclude', 'query', 'tags'] as const;
  return filters.flatMap((filter) =>
    keys
      .filter((key) => (filter[key] ?? '').length > 0)
      .map((key) => ({ filter: filter.name, key, text: 'this server cannot do that; leave it out' })),
  );
}

/** One filter's trouble is its own. Never rejects. */
function createAnswer(settings: Settings, deps: Deps, service: string): (ask: Ask, scope: Scope) => Promise<Answer> {
  const { url, org, token } = settings;
  const target = { service, method: 'GET', url: `${url}/count`, timeoutMs: 20_000, repeatSafe: true } as const;
  return async (ask, scope) => {
    const { filter, window } = ask;
    const params = [
      ['org', org],
      ['from', String(window.start / 1000)],
      ['to', String(window.end / 1000)],
      ...filter.searchTerms.map((term) => ['text', term]),
    ] as [string, string][];
    const headers = { Authorization: `Bearer ${token}` };
    const onTry = (): void => scope.meter.requested();
    try {
      const { text: said } = await deps.http({ ...target, params, headers, secrets: [token], scope, onTry });
      const counted = Counted.safeParse(parseJson(said));
      if (!counted.success)
        throw new UpstreamError(`${service}: answered with something else`, { service, retryable: true });
      return { ask, reading: readingOf(ask, counted.data, service, org) };
    } catch (error) {
      return { ask, fault: faultOf(error) };
    }
  };
}

function readingOf({ filter, want }: Ask, { projects }: Counted, source: string, org: string): Reading {
  const found = filter.projects.flatMap((slug) => projects.find((project) => project.slug === slug) ?? []);
  const missing = filter.projects.filter((slug) => !found.some((project) => project.slug === slug));
  if (found.length === 0)
    throw new UpstreamError(`${source}: none of its projects can be read: ${missing.join(', ')}`, {
      service: source,
      retryable: false,
    });
  const rows = found.flatMap(({ slug, issues }) =>
    issues.map(({ id, ...rest }) => ({ ...rest, issueId: id, project: slug })),
  );
  const full = want === 'full';
  return {
    source,
    org,
    totals: found.map(({ slug, id, events, users }) => ({ project: slug, projectId: id, events, users })),
    issues: full ? rows.toSorted((a, b) => b.events - a.events || (a.issueId < b.issueId ? -1 : 1)) : [],
    splits: [],
    details: new Map(),
    baselines: [],
    unattributed: full ? sumOf(found) - sumOf(rows) : 0,
    gaps: missing.map((project) => ({ part: 'totals', reason: 'project_not_found', project })),
    warnings: [],
    url: null,
  };
}

function sumOf(rows: readonly { readonly events: number }[]): number {
  return rows.reduce((sum, { events }) => sum + events, 0);
}
