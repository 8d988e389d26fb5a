import assert from 'node:assert/strict';
import { filterOf, WINDOW } from '../../../../support/build/reports.ts';
import { usersOver } from '../../../../support/build/users-rules.ts';
import { spansOfPages } from '../../../../../src/integrations/sources/sentry/spans/pages.ts';

const [FIVE, HOUR] = [300_000, 3_600_000];
const USERS = [new Set(['id:1', 'id:2']), new Set(['id:2', 'email:a@example.com']), new Set<string>()];
const NOTHING = { users: null, issues: {}, issuesAbove: null };

describe('users over longer spans, by pages', () => {
  const filter = filterOf({
    projects: ['crm-web', 'crm-api', 'crm-app'],
    alerts: [usersOver(50, FIVE), usersOver(50, HOUR), usersOver(50, HOUR, 'issue')],
  });

  it('of one window a user in several projects is one', () => {
    const { spans, warnings } = spansOfPages({ filter, window: WINDOW }, USERS);
    assert.deepEqual(spans, [
      { spanMs: FIVE, ...NOTHING, users: 3 },
      { spanMs: HOUR, ...NOTHING },
    ]);
    assert.deepEqual(warnings, [
      'users in 1h are not all counted, and rules take the largest window there: ' +
        'this server is read page by page, and only the events of the window',
    ]);
  });

  it('are null where nothing was counted, and not there without rules', () => {
    const { spans } = spansOfPages({ filter, window: WINDOW }, null);
    assert.deepEqual(
      spans.map(({ users }) => users),
      [null, null],
    );
    assert.deepEqual(spansOfPages({ filter: filterOf(), window: WINDOW }, USERS), { spans: [], warnings: [] });
  });
});
