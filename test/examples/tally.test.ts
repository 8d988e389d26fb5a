import assert from 'node:assert/strict';
import { tally } from '../../examples/sources/tally.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import type { Source } from '../../src/core/ports/source.ts';
import { sourceContract } from '../contract/source.ts';
import { depsOf } from '../support/build/deps.ts';
import { mock, mockAlways, type Reply } from '../support/build/http-mock.ts';
import { filterOf, WINDOW } from '../support/build/reports.ts';
import { scopeOf } from '../support/build/scope.ts';

const TOKEN = 'tally-0123456789/abc+def';
const ENV = { TALLY_URL: 'https://tally.example.com/api', TALLY_ORG: 'acme', TALLY_TOKEN: TOKEN };
const ADDRESS = 'https://tally.example.com/api/count';

function create(deps: Deps): Source {
  return tally.read(ENV).create(deps, 'tally').part;
}

function serve(term: string, reply: Reply): void {
  const query = [
    ['org', 'acme'],
    ['from', '1795168800'],
    ['to', '1795169100'],
    ['text', term],
  ] as const;
  mock({ method: 'GET', url: ADDRESS, query, headers: { authorization: `Bearer ${TOKEN}` } }, reply);
}

/** So many events in an issue of crm-web, none in crm-api; a project that nobody asked for. */
function counted(events: number): Reply {
  const issues = [{ id: '7', events, users: 2, url: 'https://tally.example.com/7' }];
  const empty = { events: 0, users: 0, issues: [] };
  return {
    body: {
      projects: [
        { id: '12', slug: 'crm-api', ...empty },
        { id: '13', slug: 'other', ...empty },
        { id: '11', slug: 'crm-web', events, users: 2, issues },
      ],
    },
  };
}

describe('the example of a source', () => {
  sourceContract({
    name: 'tally',
    secrets: [TOKEN],
    create,
    serveTwo: () => {
      serve('one', counted(5));
      serve('two', counted(7));
    },
    serveOneRefuseTwo: () => {
      serve('one', counted(5));
      serve('two', { status: 400, body: { detail: 'cannot count that' } });
    },
    serveTotals: () => serve('one', counted(5)),
    serveWithoutGone: () => serve('one', counted(5)),
    refuseAll: (words) => void mockAlways(ADDRESS, () => true, { status: 401, body: { detail: words } }),
    hang: (asked) =>
      void mockAlways(
        ADDRESS,
        () => true,
        () => {
          asked();
          return new Promise<never>(() => undefined);
        },
      ),
  });

  it('takes no other answer for a count', async () => {
    for (const body of ['<html>', '[]', '{"projects":[{"slug":"crm-web","events":-1}]}', 'null']) {
      serve('one', { body });
      const ask = { filter: filterOf({ searchTerms: ['one'] }), window: WINDOW, want: 'full' } as const;
      for await (const answer of create(depsOf()).read([ask], scopeOf()))
        assert.ok('fault' in answer && answer.fault.message === 'tally: answered with something else', body);
    }
  });

  it('fails a filter that has no project left', async () => {
    serve('one', counted(5));
    const filter = filterOf({ searchTerms: ['one'], projects: ['gone'] });
    for await (const answer of create(depsOf()).read([{ filter, window: WINDOW, want: 'full' }], scopeOf()))
      assert.ok('fault' in answer && answer.fault.message === 'tally: none of its projects can be read: gone');
  });

  it('refuses what it cannot do, by filter and key', () => {
    const filters = [filterOf({ name: 'ok' }), filterOf({ name: 'no', query: 'a', tags: ['release'] })];
    assert.deepEqual(
      tally
        .read(ENV)
        .vet(filters)
        .map(({ filter, key }) => [filter, key]),
      [
        ['no', 'query'],
        ['no', 'tags'],
      ],
    );
  });
});
