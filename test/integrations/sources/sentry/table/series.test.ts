import assert from 'node:assert/strict';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import { type Call, mock, type Reply } from '../../../../support/build/http-mock.ts';
import { filterOf, START } from '../../../../support/build/reports.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { API, createSource, projects } from '../../../../support/sentry/sentry.ts';

const FIVE = 300_000;
const SPAN = { start: START, end: START + 3 * FIVE };
const FORBIDDEN: Reply = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const NOT_THERE: Reply = { status: 404, body: { detail: 'The requested resource does not exist' } };

function series(
  asked: { readonly query?: string; readonly projects?: readonly string[]; readonly environments?: readonly string[] },
  ...replies: readonly Reply[]
): Call[] {
  const { query = '', projects: ids = ['11'], environments = [] } = asked;
  return mock(
    {
      url: `${API}/events-timeseries/`,
      query: [
        ['dataset', 'errors'],
        ['yAxis', 'count()'],
        ['interval', '5m'],
        ['query', query],
        ['start', '2026-11-20T10:00:00'],
        ['end', '2026-11-20T10:15:00'],
        ...ids.map((it) => ['project', it] as const),
        ...environments.map((it) => ['environment', it] as const),
      ],
    },
    ...replies,
  );
}

/** As Sentry's reference has it: offset in windows, value, and whether the bucket is whole. */
function body(...values: readonly (readonly [number, number | null, boolean?])[]): { readonly body: object } {
  const all = values.map(([step, value, incomplete = false]) => ({
    timestamp: START + step * FIVE,
    value,
    incomplete,
    ...(incomplete ? { incompleteReason: 'INCOMPLETE_BUCKET' } : {}),
  }));
  return {
    body: {
      timeSeries: [
        {
          values: all,
          yAxis: 'count()',
          meta: { valueUnit: null, valueType: 'integer', interval: FIVE, order: 0, isOther: false },
        },
      ],
      meta: { dataset: 'errors', start: START, end: SPAN.end },
    },
  };
}

async function read(given: Partial<Filter> = {}): Promise<readonly (readonly [number, number, boolean])[]> {
  const counts = await createSource().series!(filterOf(given), SPAN, scopeOf());
  return counts.map(({ start, events, complete }) => [(start - START) / FIVE, events, complete]);
}

describe("Sentry's own time series of a filter", () => {
  it("is asked for once, with the filter's search, and given back by windows", async () => {
    projects();
    const calls = series(
      { query: 'level:error message:"card"', environments: ['production'] },
      body([0, 4], [1, 0], [2, 7, true]),
    );
    assert.deepEqual(await read({ levels: ['error'], searchTerms: ['card'], environments: ['production'] }), [
      [0, 4, true],
      [1, 0, true],
      [2, 7, false],
    ]);
    assert.equal(calls.length, 1);
  });

  it('is taken in seconds too; buckets outside the span are left out, and those without a value are not known', async () => {
    projects();
    const { body: text } = body([-1, 9], [0, 4], [1, null], [2, 5], [3, 9]);
    series({}, { body: JSON.parse(JSON.stringify(text).replace(/"timestamp":(\d+)000/g, '"timestamp":$1')) as object });
    assert.deepEqual(await read(), [
      [0, 4, true],
      [2, 5, true],
    ]);
  });

  it('is asked for by hours, too', async () => {
    projects();
    const span = { start: START, end: START + 12 * 3_600_000 };
    mock(
      {
        url: `${API}/events-timeseries/`,
        query: [
          ['dataset', 'errors'],
          ['yAxis', 'count()'],
          ['interval', '6h'],
          ['query', ''],
          ['start', '2026-11-20T10:00:00'],
          ['end', '2026-11-20T22:00:00'],
          ['project', '11'],
        ],
      },
      { body: { timeSeries: [{ yAxis: 'count()', values: [{ timestamp: Date.UTC(2026, 10, 20, 12), value: 8 }] }] } },
    );
    const counts = await createSource().series!(filterOf({ projects: ['crm-web'] }), span, scopeOf(), 6 * 3_600_000);
    assert.deepEqual(counts, [{ start: Date.UTC(2026, 10, 20, 12), events: 8, complete: true }]);
  });

  it('of nothing is a row of zeros', async () => {
    projects();
    series({}, { body: { timeSeries: [] } });
    assert.deepEqual(await read(), [
      [0, 0, true],
      [1, 0, true],
      [2, 0, true],
    ]);
  });

  for (const [what, reply, says] of [
    ['in other steps', body([0, 4], [2, 5]), /not in steps of 5 minutes/],
    ['beside the grid', body([0.5, 4], [1.5, 5]), /not in steps of 5 minutes/],
    ['in another form', { body: { data: [[1744028400, [{ count: 3 }]]] } }, /form that is not known/],
    ['of broken counts', body([0, 4], [1, 1.5]), /form that is not known/],
    ['of counts past all counting', body([0, 1e308], [1, 2]), /form that is not known/],
    ['of counts below zero', body([0, -1], [1, 2]), /form that is not known/],
    ['of a list', { body: [] }, /form that is not known/],
  ] as const) {
    it(`${what} is refused, not guessed at`, async () => {
      projects();
      series({}, reply);
      await assert.rejects(read(), says);
    });
  }

  it('without a forbidden project is at least so much', async () => {
    projects(
      {
        body: [
          { id: '11', slug: 'crm-web' },
          { id: '12', slug: 'crm-api' },
        ],
      },
      { body: [{ id: '11', slug: 'crm-web' }] },
    );
    series({ projects: ['11', '12'] }, FORBIDDEN);
    series({}, body([0, 4], [1, 0], [2, 7]));
    assert.deepEqual(await read({ projects: ['crm-web', 'crm-api'] }), [
      [0, 4, false],
      [1, 0, false],
      [2, 7, false],
    ]);
  });

  it('of projects that are all gone cannot be had', async () => {
    projects({ body: [{ id: '12', slug: 'other' }] });
    await assert.rejects(read(), /no project crm-web in acme/);
  });

  it('of an environment that nobody knows cannot be had: that is no row of zeros', async () => {
    projects();
    series({ environments: ['production'] }, NOT_THERE);
    series({}, body([0, 4], [1, 0], [2, 7]));
    await assert.rejects(read({ environments: ['production'] }), /no environment production in acme: misspelt, or/);
  });

  it('that a server does not have is no row of zeros, with and without environments', async () => {
    projects();
    series({ environments: ['production'] }, NOT_THERE);
    series({}, NOT_THERE);
    await assert.rejects(read({ environments: ['production'] }), /this server has no time series/);
    projects();
    series({}, NOT_THERE);
    await assert.rejects(read(), /this server has no time series/);
  });

  it('is not looked for where events are read page by page', async () => {
    const source = createSource({ SENTRY_SOURCE: 'pages' });
    await assert.rejects(source.series!(filterOf(), SPAN, scopeOf()), /read page by page/);
  });
});
