import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import {
  createSource,
  details,
  issue,
  projects,
  readAll,
  readOne,
  rows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import { a, b, ASKS, serve, ids, readings, known } from './details-mocks.ts';

describe('what Sentry does not know of issues', () => {
  it('an issue that it no longer shows is a gap of the decoration, with its number', async () => {
    projects();
    serve({}, [1, 2]);
    details(['1', '2'], ['11'], { body: [issue('1')] });
    const reading = await readOne();
    assert.deepEqual(
      [[...reading.details.keys()], reading.gaps],
      [
        ['1'],
        [
          {
            part: 'details',
            reason: 'not_known',
            detail: '1 issues that Sentry no longer shows (deleted or merged): 2',
          },
        ],
      ],
    );
  });

  it('of many the first five are named', async () => {
    projects();
    serve({}, ids(1, 7));
    details(ids(1, 7).map(String), ['11'], { body: [] });
    assert.equal(
      (await readOne()).gaps[0]?.detail,
      '7 issues that Sentry no longer shows (deleted or merged): 1, 2, 3, 4, 5',
    );
  });

  it('an issue of an unknown shape is left out, the others are kept', async () => {
    projects();
    serve({}, [1, 2, 3]);
    details(['1', '2', '3'], ['11'], { body: [null, { id: true }, issue('2'), { id: 3, title: 5 }] });
    const reading = await readOne();
    assert.deepEqual(
      [[...reading.details].map(([id, { title }]) => [id, title]), reading.gaps],
      [
        [
          ['2', 'Error 2'],
          ['3', '5'],
        ],
        [{ part: 'details', reason: 'not_known', detail: '2 entries in the list of issues are no issues' }],
      ],
    );
  });

  it('a field of another kind is none, and a title is shown as it came', async () => {
    projects();
    serve({}, [1, 2]);
    const odd = {
      shortId: 1,
      culprit: {},
      level: 40,
      permalink: true,
      status: 3,
      substatus: [],
      firstSeen: 7,
      lifetime: 'x',
    };
    details(['1', '2'], ['11'], {
      body: [
        { ...odd, id: 1, title: { message: 'boom' }, assignedTo: { name: 5, email: 'a@example.com' } },
        { id: 2, title: ['a', 1], lifetime: { firstSeen: 3 }, assignedTo: 'team' },
      ],
    });
    const reading = await readOne();
    const nothing = {
      shortId: null,
      culprit: null,
      level: null,
      url: null,
      status: null,
      substatus: null,
      firstSeen: null,
    };
    assert.deepEqual(reading.gaps, []);
    assert.deepEqual(
      [...reading.details.values()],
      [
        { ...nothing, issueId: '1', title: '{"message":"boom"}', assignee: 'a@example.com' },
        { ...nothing, issueId: '2', title: '["a",1]', assignee: null },
      ],
    );
  });

  it('texts of 200 kB are cut where they come in, and half a link is none', async () => {
    projects();
    serve({}, [1]);
    const long = 'x'.repeat(200_000);
    details(['1'], ['11'], {
      body: [
        {
          id: 1,
          title: long,
          shortId: long,
          culprit: long,
          level: long,
          status: long,
          substatus: long,
          permalink: `https://sentry.example.com/${long}`,
          assignedTo: { name: long },
        },
      ],
    });
    const cut = `${'x'.repeat(4095)}…`;
    assert.deepEqual((await readOne()).details.get('1'), {
      issueId: '1',
      title: cut,
      shortId: cut,
      culprit: cut,
      level: cut,
      status: cut,
      substatus: cut,
      assignee: cut,
      url: null,
      firstSeen: null,
    });
  });

  it('an issue with hardly anything is taken as it is', async () => {
    projects();
    serve({}, [1]);
    details(['1'], ['11'], { body: [{ id: 1 }] });
    assert.deepEqual((await readOne()).details.get('1'), {
      issueId: '1',
      shortId: null,
      title: '',
      culprit: null,
      level: null,
      url: null,
      status: null,
      substatus: null,
      firstSeen: null,
      assignee: null,
    });
  });

  for (const [name, reply, detail] of [
    [
      'that is refused',
      { status: 403, body: { detail: 'no' } },
      'sentry: answered 403: no; check what SENTRY_AUTH_TOKEN may do: an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
    ],
    ['that is no list', { body: { detail: 'x' } }, 'sentry: the issues are no list'],
    [
      'that is a page',
      { body: '<html>', headers: { 'content-type': 'text/html' } },
      'sentry: answered 200 with something that is not JSON (text/html, 6 characters); check SENTRY_URL and what stands between',
    ],
  ] as const) {
    it(`an answer ${name} is a gap of each filter that waited for it, never a fault`, async () => {
      projects();
      serve(a, [1]);
      serve(b, [1, 2]);
      details(['1', '2'], ['11'], reply);
      const found = readings(await readAll(createSource(), ASKS));
      assert.deepEqual(
        found.map(({ gaps }) => gaps),
        [[{ part: 'details', reason: 'not_answered', detail }], [{ part: 'details', reason: 'not_answered', detail }]],
      );
      assert.deepEqual(found.map(({ issues }) => issues.length).toSorted(), [1, 2]);
    });
  }

  it('an answer that fails leaves what is still known from before, and is a gap all the same', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    projects();
    serve({}, [1]);
    serve({}, [1]);
    details(['1'], ['11'], known, { status: 403 });
    await readOne({}, source);
    clock.advance(600_000);
    const reading = await readOne({}, source);
    assert.deepEqual(
      [reading.details.get('1')?.title, reading.gaps.map(({ reason }) => reason)],
      ['Error 1', ['not_answered']],
    );
  });

  it('an answer that fails leaves nothing of an issue that was not seen for an hour: it was forgotten', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    projects();
    projects();
    serve({}, [1]);
    serve({}, [1]);
    const calls = details(['1'], ['11'], known, { status: 403 });
    await readOne({}, source);
    clock.advance(3_600_000);
    const reading = await readOne({}, source);
    assert.deepEqual(
      [calls.length, reading.details.size, reading.gaps.map(({ reason }) => reason)],
      [2, 0, ['not_answered']],
    );
  });

  it('nothing waits when the run ends', async () => {
    const clock = createClock((ms) => ms === 500);
    const stop = new AbortController();
    projects();
    serve(a, [1]);
    totals(b, () => new Promise<never>(() => undefined));
    rows(b, { body: { data: [] } });
    const reading = readAll(createSource({}, depsOf(clock)), ASKS, scopeOf({ signal: stop.signal }));
    await until('a wait of 500 ms begins', () => clock.slept.includes(500));
    stop.abort();
    const answers = await reading;
    assert.deepEqual(
      answers
        .map((answer) => [
          answer.ask.filter.name,
          'reading' in answer ? answer.reading.gaps.map(({ part }) => part) : 'fault',
        ])
        .toSorted(),
      [
        ['a', ['details']],
        ['b', 'fault'],
      ],
    );
  });
});
