import { createHash, randomUUID } from 'node:crypto';
import { type JiraDouble, startJira } from '../../../sandbox/jira/server.ts';
import type { Field, JiraKind } from '../../../sandbox/jira/types.ts';
import type { Tracker } from '../../../src/core/ports/tickets/tracker.ts';
import { createTickets } from '../../../src/core/tickets/create-tickets.ts';
import { trackers } from '../../../src/integrations/trackers/index.ts';
import { createHttp } from '../../../src/platform/http/client.ts';
import { depsOf } from '../build/deps.ts';
import { scopeOf } from '../build/scope.ts';
import { type Clock, createClock } from '../time/clock.ts';
import { contentIn, ISSUE } from './filing.ts';
import { memoryTickets } from './memory-store.ts';

export const KEY = 'jira-token-of-a-test';
const LOGINS = {
  cloud: `Basic ${Buffer.from(`bot@example.com:${KEY}`).toString('base64')}`,
  'data-center': `Bearer ${KEY}`,
};

/** Tickets of the project CRM by a Jira of that kind, which stands beside. `more`: settings as a file has them. */
export async function jiraBox(kind: JiraKind, { fields = [] as readonly Field[], more = {} } = {}) {
  const clock: Clock = createClock();
  const jira: JiraDouble = await startJira({ kind, now: clock.now, login: LOGINS[kind], fields });
  const deps = { ...depsOf(clock), http: createHttp({ ...clock, random: () => 0, userAgent: 'test' }) };
  const user = kind === 'cloud' ? { 'tickets.jira.user': 'bot@example.com' } : {};
  const env = {
    'tickets.jira.url': jira.url,
    'tickets.jira.key': KEY,
    'tickets.jira.project': 'CRM',
    ...user,
    ...more,
  };
  const built = trackers['jira']!.read(env).create(deps, 'tickets.jira');
  const tracker: Tracker = await built.part.load();
  const scope = scopeOf();
  const box = {
    ...{ clock, jira, tracker, scope, built, content: contentIn() },
    store: memoryTickets(clock.now),
    file: (change: object = {}) =>
      tickets.file(
        { issue: ISSUE, project: null, team: null, ticket: null, by: 'ann', from: 'page', ...change },
        scope,
      ),
    close: () => jira.close(),
  };
  const tickets = createTickets({
    ...{ ...clock, ...built.part, tracker, store: box.store, uuid: randomUUID },
    contentOf: async () => box.content,
    hitsOf: async () => ({ listed: [], more: 0 }),
    sourceHits: async () => null,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return box;
}

export type JiraBox = Awaited<ReturnType<typeof jiraBox>>;
