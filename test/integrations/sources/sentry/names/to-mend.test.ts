import assert from 'node:assert/strict';
import { placed, withoutProjects } from '../../../../../src/integrations/sources/sentry/names/to-mend.ts';
import { filterOf } from '../../../../support/build/reports.ts';

describe('what a filter itself must mend', () => {
  const projects = ['a', 'b', 'c', 'd'];
  const gaps = projects.map((project) => ({ part: 'totals', reason: 'project_not_found', project }) as const);

  it('is said with its key, and other gaps as they are', () => {
    const other = { part: 'issues', reason: 'row_limit' } as const;
    const [mine, same] = placed([gaps[0]!, other], filterOf({ projects }));
    assert.match(mine!.detail!, /^filter crm-checkout: project_not_found$/);
    assert.equal(same, other);
    const [worded] = placed([{ ...gaps[0]!, detail: 'did you mean aa?' }], filterOf({ projects }));
    assert.match(worded!.detail!, /: did you mean aa\?$/);
  });

  it('is that none of its projects can be read, a few by name', () => {
    const few = withoutProjects(
      filterOf({ name: 'crm', projects: ['a'] }),
      { gaps: [{ ...gaps[0]!, detail: 'a is gone' }] },
      'sentry',
    );
    assert.equal(few!.message, 'filter crm: none of its projects can be read: a is gone');
    const many = withoutProjects(filterOf({ name: 'crm', projects }), { gaps }, 'sentry');
    assert.match(many!.message, /: project_not_found; project_not_found; project_not_found; and 1 more$/);
    assert.equal(withoutProjects(filterOf({ projects: [...projects, 'e'] }), { gaps }, 'sentry'), null);
  });
});
