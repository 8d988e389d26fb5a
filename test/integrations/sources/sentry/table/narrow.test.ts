import assert from 'node:assert/strict';
import type { Reply } from '../../../../support/build/http-mock.ts';
import {
  askOf,
  createSource,
  details,
  issue,
  issueRows,
  projects,
  readAll,
  readOne,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import { NOT_THERE, zeros } from './zeros-of-reading.ts';

const FORBIDDEN: Reply = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const BOTH = { projects: ['crm-web', 'crm-api'] };
const both = { projects: ['11', '12'] };

describe('a project that spoils the request (403)', () => {
  it('is dropped when it is no longer in the list, which is read again, and the others are reported', async () => {
    projects(
      {
        body: [
          { id: '11', slug: 'crm-web' },
          { id: '12', slug: 'crm-api' },
        ],
      },
      { body: [{ id: '11', slug: 'crm-web' }] },
    );
    totals(both, FORBIDDEN);
    rows(both, FORBIDDEN);
    totals({ projects: ['11'] }, totalRows([11, 1, 1]));
    rows({ projects: ['11'] }, issueRows([1, 11, 1, 1]));
    details(['1'], ['11'], { body: [issue('1')] });
    const reading = await readOne(BOTH);
    assert.deepEqual(
      [zeros(reading), reading.gaps],
      [
        [['crm-web', 1]],
        [
          {
            part: 'totals',
            reason: 'project_not_found',
            project: 'crm-api',
            detail: 'filter crm-checkout: no project crm-api in acme: renamed, deleted or misspelt; mend the filter',
          },
        ],
      ],
    );
  });

  it('is found by asking for each alone, when all are in the list, and the others are reported', async () => {
    const source = createSource();
    const list: Reply = {
      body: [
        { id: '11', slug: 'crm-web' },
        { id: '12', slug: 'crm-api' },
      ],
    };
    projects(list, list);
    totals(both, FORBIDDEN);
    totals({ projects: ['11'] }, totalRows(), totalRows(), totalRows());
    totals({ projects: ['12'] }, FORBIDDEN);
    const forbidden = {
      part: 'totals',
      reason: 'project_forbidden',
      project: 'crm-api',
      detail:
        'filter crm-checkout: the token may not read crm-api; give its integration access (Sentry: You do not have permission to perform this action.)',
    };
    // It stays forbidden for the next read, which costs no request more.
    for (let round = 0; round < 2; round++) {
      const [answer] = await readAll(source, [askOf(BOTH, 'totals')]);
      assert.ok(answer !== undefined && 'reading' in answer);
      assert.deepEqual([zeros(answer.reading), answer.reading.gaps], [[['crm-web', 0]], [forbidden]]);
    }
  });

  it('that is renamed is not read under a name that is only near', async () => {
    projects({ body: [{ id: '11', slug: 'crm-web-2' }] });
    const [answer] = await readAll(createSource(), [askOf()]);
    const words = 'no project crm-web in acme: renamed, deleted or misspelt; did you mean crm-web-2?';
    assert.deepEqual(answer !== undefined && 'fault' in answer && answer.fault, {
      message: `filter crm-checkout: none of its projects can be read: ${words}`,
      retryable: false,
      tooLarge: false,
      gaps: [
        { part: 'totals', reason: 'project_not_found', project: 'crm-web', detail: `filter crm-checkout: ${words}` },
      ],
    });
  });

  it('all of which are forbidden, as the list says too, is a fault: nothing could be read', async () => {
    const list: Reply = { body: [{ id: '11', slug: 'crm-web', hasAccess: false }] };
    projects(list, list);
    totals({}, FORBIDDEN, FORBIDDEN);
    const [answer] = await readAll(createSource(), [askOf({}, 'totals')]);
    assert.ok(answer !== undefined && 'fault' in answer);
    assert.deepEqual(
      answer.fault.gaps?.map(({ reason, project }) => [reason, project]),
      [['project_forbidden', 'crm-web']],
    );
  });

  it('that cannot be found is a fault, after a few rounds', async () => {
    const list: Reply = {
      body: [
        { id: '11', slug: 'crm-web' },
        { id: '12', slug: 'crm-api' },
      ],
    };
    projects(list, list, list, list);
    totals(both, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN);
    for (const id of ['11', '12']) totals({ projects: [id] }, totalRows(), totalRows(), totalRows());
    const [answer] = await readAll(createSource(), [askOf(BOTH, 'totals')]);
    assert.deepEqual(answer !== undefined && 'fault' in answer && answer.fault, {
      message:
        'sentry: answered 403: You do not have permission to perform this action; check its key or token and what it may do',
      retryable: false,
      tooLarge: false,
    });
  });

  it('whose probe has other trouble is a fault', async () => {
    const list: Reply = { body: [{ id: '11', slug: 'crm-web' }] };
    projects(list, list);
    totals({}, FORBIDDEN, { status: 401, body: { detail: 'Invalid token' } });
    const [answer] = await readAll(createSource(), [askOf({}, 'totals')]);
    assert.equal(
      answer !== undefined && 'fault' in answer && answer.fault.message,
      'sentry: answered 401: Invalid token; check its key or token and what it may do',
    );
  });
});

describe('an environment that does not exist yet (404)', () => {
  it('as the only one counts as zero, with a warning, and is no gap', async () => {
    projects();
    totals({ environments: ['staging'] }, NOT_THERE);
    rows({ environments: ['staging'] }, NOT_THERE);
    const reading = await readOne({ environments: ['staging'] });
    assert.deepEqual(
      [zeros(reading), reading.issues, reading.gaps, reading.warnings],
      [[['crm-web', 0]], [], [], ['environment staging does not exist in Sentry yet, so it counts as zero']],
    );
  });

  it('as one of several is left out, and the others are counted', async () => {
    const all = ['production', 'staging', 'eu'];
    projects();
    totals({ environments: all }, NOT_THERE);
    totals({ environments: ['production'] }, totalRows());
    totals({ environments: ['staging'] }, NOT_THERE);
    totals({ environments: ['eu'] }, totalRows());
    totals({ environments: ['production', 'eu'] }, totalRows([11, 3, 1]));
    const [answer] = await readAll(createSource(), [askOf({ environments: all }, 'totals')]);
    assert.ok(answer !== undefined && 'reading' in answer);
    assert.deepEqual(
      [zeros(answer.reading), answer.reading.gaps, answer.reading.warnings],
      [[['crm-web', 3]], [], ['environment staging does not exist in Sentry yet, so it counts as zero']],
    );
  });

  it('as all of several counts as zero', async () => {
    projects();
    totals({ environments: ['a', 'b'] }, NOT_THERE);
    totals({ environments: ['a'] }, NOT_THERE);
    totals({ environments: ['b'] }, NOT_THERE);
    const [answer] = await readAll(createSource(), [askOf({ environments: ['a', 'b'] }, 'totals')]);
    assert.ok(answer !== undefined && 'reading' in answer);
    assert.deepEqual([zeros(answer.reading), answer.reading.warnings.length], [[['crm-web', 0]], 2]);
  });

  it('together with a project that was deleted is narrowed twice', async () => {
    projects(
      {
        body: [
          { id: '11', slug: 'crm-web' },
          { id: '12', slug: 'crm-api' },
        ],
      },
      { body: [{ id: '11', slug: 'crm-web' }] },
    );
    totals({ ...both, environments: ['x'] }, FORBIDDEN);
    totals({ environments: ['x'] }, NOT_THERE);
    const [answer] = await readAll(createSource(), [askOf({ ...BOTH, environments: ['x'] }, 'totals')]);
    assert.ok(answer !== undefined && 'reading' in answer);
    assert.deepEqual(
      [zeros(answer.reading), answer.reading.gaps.length, answer.reading.warnings.length],
      [[['crm-web', 0]], 1, 1],
    );
  });
});
