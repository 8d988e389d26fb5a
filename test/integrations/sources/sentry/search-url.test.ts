import assert from 'node:assert/strict';
import { filterOf, START } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { createSource, projects } from '../../../support/sentry/sentry.ts';

const SPAN = { start: START, end: START + 12 * 300_000 };
const FILTER = filterOf({
  projects: ['crm-web'],
  environments: ['production'],
  levels: ['error'],
  searchTerms: ['card'],
});

describe('the same search as a page for people', () => {
  it('is known when the projects are, without asking anybody', async () => {
    const source = createSource();
    assert.equal(source.searchUrl!(FILTER, SPAN), null, 'nobody knows the ids yet');
    projects();
    await source.prepare([FILTER], scopeOf());
    const url = new URL(source.searchUrl!(FILTER, SPAN)!);
    assert.match(url.pathname, /\/organizations\/acme\/discover\/results\/$/);
    assert.deepEqual(
      ['query', 'project', 'environment', 'start', 'end'].map((name) => url.searchParams.getAll(name)),
      [['level:error message:"card"'], ['11'], ['production'], ['2026-11-20T10:00:00'], ['2026-11-20T11:00:00']],
    );
    assert.equal(source.searchUrl!(filterOf({ projects: ['never'] }), SPAN), null);
  });

  it("is told in Sentry's words", () => assert.equal(createSource().queryOf!(FILTER), 'level:error message:"card"'));

  it('is not there for a server that is read by pages, nor while nobody knows what it is', () => {
    for (const source of ['pages', 'auto'] as const) {
      const it = createSource({ SENTRY_SOURCE: source });
      assert.deepEqual([it.searchUrl!(FILTER, SPAN), it.queryOf!(FILTER)], [null, null]);
    }
  });
});
