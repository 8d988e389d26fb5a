import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import { mock, type Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import {
  API,
  askOf,
  createSource,
  projects,
  readAll,
  readOne,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import { NOT_THERE, zeros } from './zeros-of-reading.ts';
import { complaintsOf } from '../../../../support/build/findings.ts';

describe('other refusals', () => {
  for (const [name, reply, message] of [
    [
      'a 404 without any environment: there is no table',
      NOT_THERE,
      'sentry: answered 404: no events table for acme; check SENTRY_URL and SENTRY_ORG',
    ],
    ['a 404 with an empty body', { status: 404 }, 'sentry: answered 404'],
    [
      'a wrong token',
      { status: 401, body: { detail: 'Invalid token' } },
      'sentry: answered 401: Invalid token; check SENTRY_AUTH_TOKEN: an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
    ],
    [
      'a search that Sentry cannot read',
      {
        status: 400,
        body: {
          detail:
            "Parse error at 'hi \n ther' (column 4). This is commonly caused by unmatched parentheses. Enclose any text in double quotes.",
        },
      },
      "sentry: answered 400: Parse error at 'hi ther' (column 4). This is commonly caused by unmatched parentheses. Enclose any text in double quotes.",
    ],
  ] as const) {
    it(`${name}: a fault of this filter`, async () => {
      projects();
      totals({}, reply);
      rows({}, reply);
      await assert.rejects(readOne(), { message });
    });
  }

  it('a 404 with an empty body is no missing environment', async () => {
    projects();
    totals({ environments: ['eu'] }, { status: 404 });
    rows({ environments: ['eu'] }, { status: 404 });
    await assert.rejects(readOne({ environments: ['eu'] }), { message: 'sentry: answered 404' });
  });
});

describe('the list of projects', () => {
  it('is read over all its pages: more than 100 projects', async () => {
    const list = (from: number, count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ id: String(from + index), slug: `p${from + index}` }));
    const url = `${API}/projects/`;
    const next = (cursor: string, results = 'true'): Record<string, string> => ({
      Link: `<http://elsewhere.example/?cursor=x>; rel="next"; results="${results}"; cursor="${cursor}"`,
    });
    mock({ url, query: [['per_page', '100']] }, { body: list(1, 100), headers: next('100:1:0') });
    mock(
      {
        url,
        query: [
          ['per_page', '100'],
          ['cursor', '100:1:0'],
        ],
      },
      { body: list(101, 100), headers: next('100:2:0') },
    );
    mock(
      {
        url,
        query: [
          ['per_page', '100'],
          ['cursor', '100:2:0'],
        ],
      },
      { body: list(201, 7), headers: next('100:3:0', 'false') },
    );
    totals({ projects: ['207', '1'] }, totalRows([207, 2, 1]));
    const [answer] = await readAll(createSource(), [askOf({ projects: ['p207', 'p1'] }, 'totals')]);
    assert.ok(answer !== undefined && 'reading' in answer);
    assert.deepEqual(zeros(answer.reading), [
      ['p207', 2],
      ['p1', 0],
    ]);
  });

  it('whose paging does not advance ends', async () => {
    const url = `${API}/projects/`;
    const Link = '<x>; rel="next"; results="true"; cursor="1"';
    mock({ url, query: [['per_page', '100']] }, { body: [{ id: 11, slug: 'crm-web' }], headers: { Link } });
    mock(
      {
        url,
        query: [
          ['per_page', '100'],
          ['cursor', '1'],
        ],
      },
      { body: [], headers: { Link } },
    );
    assert.deepEqual(complaintsOf(await createSource().prepare([askOf().filter], scopeOf())), []);
  });

  for (const [name, reply, message] of [
    [
      'is no list',
      { body: { detail: 'x' } },
      'sentry: the list of projects is not what Sentry documents; check SENTRY_URL',
    ],
    [
      'has no slugs',
      { body: [{ id: '1' }] },
      'sentry: the list of projects is not what Sentry documents; check SENTRY_URL',
    ],
    [
      'is refused',
      { status: 403, body: { detail: 'no' } },
      'sentry: answered 403: no; check what SENTRY_AUTH_TOKEN may do: an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
    ],
  ] as const) {
    it(`that ${name} is a fault of every filter that waits for it`, async () => {
      projects(reply);
      const answers = await readAll(createSource(), [askOf({ name: 'a' }), askOf({ name: 'b' })]);
      assert.deepEqual(
        answers.map((answer) => 'fault' in answer && answer.fault.message),
        [message, message],
      );
    });
  }

  it('that another run had in hand when it ended is read anew', async () => {
    const stop = new AbortController();
    const source = createSource();
    let asked = 0;
    projects(() => (asked++, new Promise<never>(() => undefined)), { body: [{ id: '11', slug: 'crm-web' }] });
    totals({}, totalRows([11, 1, 1]));
    const first = readAll(source, [askOf({}, 'totals')], scopeOf({ signal: stop.signal }));
    const second = readAll(source, [askOf({}, 'totals')]);
    await until('a request comes', () => asked === 1);
    stop.abort();
    assert.deepEqual(
      [(await first).map((answer) => 'fault' in answer), (await second).map((answer) => 'fault' in answer)],
      [[true], [false]],
    );
  });

  it('is read again after an hour, and after five minutes when a slug is not in it', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    const list: Reply = { body: [{ id: '11', slug: 'crm-web' }] };
    const calls = projects(list, list, list);
    const reads = async (slug: string): Promise<number> => (
      await source.prepare([askOf({ projects: [slug] }).filter], scopeOf()),
      calls.length
    );
    assert.deepEqual([await reads('crm-web'), await reads('gone')], [1, 1]);
    clock.advance(299_999);
    assert.deepEqual([await reads('gone'), await reads('crm-web')], [1, 1]);
    clock.advance(1);
    assert.deepEqual([await reads('crm-web'), await reads('gone')], [1, 2]);
    clock.advance(3_599_999);
    assert.equal(await reads('crm-web'), 2);
    clock.advance(1);
    assert.equal(await reads('crm-web'), 3);
  });
});
