import assert from 'node:assert/strict';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import type { Source } from '../../../../../src/core/ports/source.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { createPages, environments, event, events, page } from '../../../../support/sentry/pages.ts';
import { askOf, projects, readAll } from '../../../../support/sentry/sentry.ts';
import { createClock } from '../../../../support/time/clock.ts';

const LISTED: Reply = {
  body: [
    { id: '1', name: 'production', isHidden: false },
    { id: '2', name: 'staging' },
  ],
};
/** Nothing in any environment, but something: whether Sentry is silent is not asked. */
const quiet = (): Reply => page([event('01:00', { tags: [] })]);

/** Counts by project, gaps of totals and warnings of one filter. */
async function told(source: Source, filter: Partial<Filter>): Promise<unknown> {
  const [answer] = await readAll(source, [askOf(filter, 'totals')]);
  assert.ok(answer !== undefined && 'reading' in answer, JSON.stringify(answer));
  const { totals, gaps, warnings } = answer.reading;
  return [
    totals.map(({ project, events: count }) => [project, count]),
    gaps.map(({ reason, detail }) => [reason, detail]),
    warnings,
  ];
}

function unknown(name: string, hint: string): unknown[] {
  const what = `no environment ${name} in acme: misspelt, or it had no event yet, so its count is not known; ${hint}`;
  return ['environment_not_found', `filter crm-checkout: ${what}`];
}

describe('Sentry read by pages: an environment', () => {
  beforeEach(() => projects());

  it('that no project of the filter has is a gap with the nearest name, and has no count', async () => {
    events('crm-web', null, page([event('01:00')]));
    environments('crm-web', LISTED);
    assert.deepEqual(await told(createPages(), { environments: ['Production'] }), [
      [],
      [unknown('Production', 'did you mean production?')],
      [],
    ]);
  });

  it('of several that is not there leaves the others counted, at least so many', async () => {
    events('crm-web', null, page([event('01:00')]));
    environments('crm-web', LISTED);
    assert.deepEqual(await told(createPages(), { environments: ['production', 'canary'] }), [
      [['crm-web', 1]],
      [unknown('canary', 'there are production, staging')],
      [],
    ]);
  });

  it('that is only quiet is zero, and its list is asked for once', async () => {
    const clock = createClock();
    const source = createPages({}, depsOf(clock));
    events('crm-web', null, quiet(), quiet());
    const calls = environments('crm-web', LISTED);
    for (let run = 0; run < 2; run++) {
      assert.deepEqual(await told(source, { environments: ['staging'] }), [[['crm-web', 0]], [], []]);
      clock.advance(60_000);
    }
    assert.equal(calls.length, 1);
  });

  it('of several filters at once is asked for once, and all of them wait for the list', async () => {
    events('crm-web', null, quiet());
    const calls = environments('crm-web', LISTED);
    const asks = ['one', 'two', 'three'].map((name) => askOf({ name, environments: ['staging'] }, 'totals'));
    const answers = await readAll(createPages(), asks);
    assert.deepEqual(
      answers.map((answer) => ('reading' in answer ? answer.reading.gaps : answer)),
      [[], [], []],
    );
    assert.equal(calls.length, 1);
  });

  it('that an event showed needs no list', async () => {
    events('crm-web', null, page([event('01:00')]));
    assert.deepEqual(await told(createPages(), { environments: ['production'] }), [[['crm-web', 1]], [], []]);
  });

  it('that one project of several has is there', async () => {
    events('crm-web', null, quiet());
    events('crm-api', null, quiet());
    environments('crm-web', { body: [] });
    environments('crm-api', LISTED);
    assert.deepEqual(await told(createPages(), { projects: ['crm-web', 'crm-api'], environments: ['staging'] }), [
      [
        ['crm-web', 0],
        ['crm-api', 0],
      ],
      [],
      [],
    ]);
  });

  it('that comes later counts as soon as the list has it, which is asked for again in five minutes', async () => {
    const clock = createClock();
    const source = createPages({}, depsOf(clock));
    events('crm-web', null, quiet(), quiet());
    environments('crm-web', { body: [] }, { body: [{ name: 'canary' }] });
    const none = 'no environment canary in acme: misspelt, or it had no event yet, so its count is not known';
    assert.deepEqual(await told(source, { environments: ['canary'] }), [
      [],
      [['environment_not_found', `filter crm-checkout: ${none}`]],
      [],
    ]);
    clock.advance(300_000);
    projects();
    assert.deepEqual(await told(source, { environments: ['canary'] }), [[['crm-web', 0]], [], []]);
  });

  it('of a list that cannot be had now is no all-clear', async () => {
    events('crm-web', null, quiet());
    environments('crm-web', { status: 400, body: { detail: 'no' } });
    assert.deepEqual(await told(createPages(), { environments: ['staging'] }), [
      [['crm-web', 0]],
      [['not_answered', 'whether there is an environment staging could not be asked: sentry-pages: answered 400: no']],
      [],
    ]);
  });

  for (const status of [403, 404])
    it(`of a list that a server never shows (${status}) is believed, with a warning`, async () => {
      events('crm-web', null, quiet());
      environments('crm-web', { status, body: { detail: 'no' } });
      const [counts, gaps, warnings] = (await told(createPages(), { environments: ['staging'] })) as unknown[][];
      assert.deepEqual([counts, gaps], [[['crm-web', 0]], []]);
      assert.match(String(warnings), /^whether there is an environment staging could not be asked: /);
    });
});
