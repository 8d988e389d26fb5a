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
        'sentry: answered 403: You do not have permission to perform this action; check what SENTRY_AUTH_TOKEN may do: an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
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
      'sentry: answered 401: Invalid token; check SENTRY_AUTH_TOKEN: an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
    );
  });
});

/** Of the gap, but for the filter's name. */
function unknown(name: string, hint = ''): object {
  const detail = `filter crm-checkout: no environment ${name} in acme: misspelt, or it had no event yet, so its count is not known${hint}`;
  return { part: 'totals', reason: 'environment_not_found', detail };
}

describe('an environment that Sentry does not know (404)', () => {
  it('as the only one has no count, and is a gap', async () => {
    projects();
    totals({ environments: ['staging'] }, NOT_THERE);
    rows({ environments: ['staging'] }, NOT_THERE);
    const reading = await readOne({ environments: ['staging'] });
    assert.deepEqual([reading.totals, reading.issues, reading.gaps], [[], [], [unknown('staging')]]);
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
    assert.deepEqual([zeros(answer.reading), answer.reading.gaps], [[['crm-web', 3]], [unknown('staging')]]);
  });

  it('as all of several leaves nothing counted', async () => {
    projects();
    totals({ environments: ['a', 'b'] }, NOT_THERE);
    totals({ environments: ['a'] }, NOT_THERE);
    totals({ environments: ['b'] }, NOT_THERE);
    const [answer] = await readAll(createSource(), [askOf({ environments: ['a', 'b'] }, 'totals')]);
    assert.ok(answer !== undefined && 'reading' in answer);
    assert.deepEqual([answer.reading.totals, answer.reading.gaps], [[], [unknown('a'), unknown('b')]]);
  });

  for (const [known, hint] of [
    [['staging', 'production'], '; did you mean production?'],
    [['live'], '; there are live'],
    [['f', 'e', 'd', 'c', 'b', 'a'], '; there are a, b, c, d, e, and 1 more'],
    [[], ''],
    [undefined, ''],
  ] as const)
    it(`is told with what there is: ${known?.join(', ') ?? 'not said'}${hint}`, async () => {
      projects({ body: [{ id: '11', slug: 'crm-web', environments: known }] });
      totals({ environments: ['Production'] }, NOT_THERE);
      const [answer] = await readAll(createSource(), [askOf({ environments: ['Production'] }, 'totals')]);
      assert.ok(answer !== undefined && 'reading' in answer);
      assert.deepEqual([answer.reading.totals, answer.reading.gaps], [[], [unknown('Production', hint)]]);
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
      [answer.reading.totals, answer.reading.gaps.map(({ reason }) => reason)],
      [[], ['project_not_found', 'environment_not_found']],
    );
  });
});

describe('an environment that the organization has and the projects of the filter never had', () => {
  const list = (environments: readonly string[]): Reply => ({ body: [{ id: '11', slug: 'crm-web', environments }] });
  const told = async (
    environments: readonly string[],
    events: number,
    ...lists: readonly Reply[]
  ): Promise<unknown> => {
    projects(...lists);
    totals({ environments }, totalRows([11, events, events]));
    const [answer] = await readAll(createSource(), [askOf({ environments }, 'totals')]);
    assert.ok(answer !== undefined && 'reading' in answer);
    return [zeros(answer.reading), answer.reading.gaps.map(({ reason, detail }) => [reason, detail])];
  };

  it('is a gap when they have one of nearly that name, and zero is all there is', async () => {
    assert.deepEqual(await told(['Production'], 0, list(['production', 'staging'])), [
      [['crm-web', 0]],
      [
        [
          'environment_not_found',
          'filter crm-checkout: no event of these projects was ever in the environment Production; did you mean production?',
        ],
      ],
    ]);
  });

  for (const [why, environments, events, known] of [
    ['when they have none of nearly that name: it had no event yet', ['canary'], 0, ['production']],
    ['when it counts something: the list is older', ['Production'], 2, ['production']],
    ['when the filter has the other name too', ['production', 'Production'], 0, ['production']],
    ['when they have had it', ['production'], 0, ['production', 'Production']],
  ] as const)
    it(`is none ${why}`, async () =>
      assert.deepEqual(await told(environments, events, list(known)), [[['crm-web', events]], []]));
});
