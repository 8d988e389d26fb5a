import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import { type Call, mock, type Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, NOW } from '../../../../support/time/clock.ts';
import { event, events, page } from '../../../../support/sentry/pages.ts';
import { API, askOf, buildSource, projects, readAll, totalRows, totals } from '../../../../support/sentry/sentry.ts';
import { complaintsOf } from '../../../../support/build/findings.ts';

const HOUR = 3_600_000;
const TABLE: Reply = { body: { data: [{ 'count()': 3 }], meta: { dataset: 'errors' } } };
const NO_SUCH_DATASET = 'dataset must be one of: discover, metricsEnhanced, metrics, profiles, issuePlatform';

/** The question whether there is an events table: without an environment, which might be unknown. */
function probe(...replies: readonly Reply[]): Call[] {
  const query = [
    ['dataset', 'errors'],
    ['field', 'count()'],
    ['query', ''],
    ['statsPeriod', '1h'],
    ['project', '-1'],
    ['per_page', '1'],
  ] as const;
  return mock({ url: `${API}/events/`, query }, ...replies);
}

function open(clock = createClock(), env: Record<string, string> = {}): ReturnType<typeof buildSource> {
  return buildSource({ SENTRY_SOURCE: 'auto', SENTRY_PAGES_PER_SECOND: '0', ...env }, depsOf(clock));
}

const ASK = askOf({ environments: ['production'] }, 'totals');

function serveTable(): void {
  totals({ environments: ['production'] }, totalRows([11, 5, 1]));
}

function servePages(): void {
  events('crm-web', null, page([event('04:00')]));
}

let runs = 0;

function nextRun(): ReturnType<typeof scopeOf> {
  return { ...scopeOf({ deadline: NOW + 10 * HOUR }), runId: `run ${++runs}` };
}

async function read(source: ReturnType<typeof buildSource>, scope = nextRun()): Promise<unknown> {
  const [answer] = await readAll(source, [ASK], scope);
  assert.ok(answer !== undefined && 'reading' in answer);
  return [answer.reading.source, answer.reading.totals[0]?.events];
}

describe('the kind of server', () => {
  for (const [what, reply, serve, expected] of [
    ['an events table', TABLE, serveTable, ['sentry', 5]],
    [
      'a 404, as GlitchTip and Sentry 8 answer',
      { status: 404, body: { detail: 'Not Found' } },
      servePages,
      ['sentry-pages', 1],
    ],
    ['an empty 404', { status: 404, body: '' }, servePages, ['sentry-pages', 1]],
    ['a bare list of events, as Sentry 10 answers', { body: [{ id: 'a' }] }, servePages, ['sentry-pages', 1]],
    ['a bare empty list', { body: [] }, servePages, ['sentry-pages', 1]],
    [
      'a 400 with the datasets there are, as Sentry of 2022 answers',
      { status: 400, body: { detail: NO_SUCH_DATASET } },
      servePages,
      ['sentry-pages', 1],
    ],
    ['an object without rows', { body: { detail: 'hm' } }, serveTable, ['sentry', 5]],
    ['null', { body: 'null' }, serveTable, ['sentry', 5]],
    ['a 403, which says nothing', { status: 403, body: { detail: 'no' } }, serveTable, ['sentry', 5]],
  ] as const) {
    it(`${what}: read accordingly, and named`, async () => {
      probe(reply);
      projects();
      serve();
      const scope = scopeOf();
      assert.deepEqual(await read(open(), scope), expected);
      const lines = scope.log.lines
        .filter(({ text }) => /events table|kind of server/.test(text))
        .map(({ level, fields }) => [level, fields['kind']]);
      const said =
        { status: 0, ...(reply as object) }.status === 403
          ? [['warn', undefined]]
          : [['info', expected[0] === 'sentry' ? 'table' : 'pages']];
      assert.deepEqual(lines, what === 'null' || what.startsWith('an object') ? [] : said);
    });
  }

  for (const [what, meta] of [
    ['without a dataset', { fields: {} }],
    ['of another dataset', { dataset: 'discover' }],
    ['that is none', null],
  ] as const)
    it(`a table with a meta ${what}: transactions are left out by the search`, async () => {
      probe({ body: { data: [], meta } });
      projects();
      totals({ environments: ['production'], query: '!event.type:transaction' }, totalRows([11, 5, 1]));
      assert.deepEqual(await read(open()), ['sentry', 5]);
    });

  it('any other 400 says nothing', async () => {
    for (const detail of ['Invalid project parameter.', 'dataset must be one of: errors, logs']) {
      probe({ status: 400, body: { detail } });
      projects();
      serveTable();
      assert.deepEqual(await read(open()), ['sentry', 5], detail);
    }
  });

  it('is asked once, at start, and again after an hour, while the run goes on by what is known', async () => {
    const clock = createClock();
    const source = open(clock);
    const asked = probe(TABLE, { status: 404 }, { status: 404 });
    projects();
    await source.prepare([ASK.filter], scopeOf());
    totals(
      { environments: ['production'] },
      totalRows([11, 5, 1]),
      totalRows([11, 6, 1]),
      totalRows([11, 7, 1]),
      totalRows([11, 8, 1]),
    );
    assert.deepEqual(await read(source), ['sentry', 5]);
    clock.advance(HOUR - 1);
    projects();
    assert.deepEqual([await read(source), asked.length], [['sentry', 6], 1]);
    clock.advance(1);
    assert.deepEqual([await read(source), asked.length], [['sentry', 7], 2], "a 404 may be a proxy's");
    assert.deepEqual(
      [await read(source), asked.length],
      [['sentry', 8], 3],
      'the second in a row is believed, by the next run',
    );
    servePages();
    assert.deepEqual([await read(source), asked.length], [['sentry-pages', 1], 3]);
  });

  it('that one 404 contradicted stays what it was', async () => {
    const clock = createClock();
    const source = open(clock);
    const asked = probe(TABLE, { status: 404 }, TABLE);
    projects();
    totals({ environments: ['production'] }, ...Array<Reply>(4).fill(totalRows([11, 5, 1])));
    await read(source);
    clock.advance(HOUR);
    projects();
    for (const times of [2, 3, 3]) assert.deepEqual([await read(source), asked.length], [['sentry', 5], times]);
  });

  it("of runs side by side is asked once, and once more because a 404 may be a proxy's", async () => {
    const source = open();
    const asked = probe({ status: 404 }, { status: 404 });
    projects();
    events('crm-web', null, page([event('04:00')]), page([event('04:00')]));
    await Promise.all([read(source), read(source)]);
    assert.equal(asked.length, 2);
  });

  it('that cannot be told stays what it was, and is asked again by the next run', async () => {
    const clock = createClock();
    const source = open(clock);
    const asked = probe({ status: 404 }, ...Array<Reply>(4).fill({ status: 500 }), { status: 404 });
    projects();
    events(
      'crm-web',
      null,
      page([event('04:00')]),
      page([event('04:00')]),
      page([event('04:00')]),
      page([event('04:00')]),
    );
    await read(source);
    clock.advance(HOUR);
    projects();
    assert.deepEqual([await read(source), asked.length], [['sentry-pages', 1], 5]);
    assert.deepEqual([await read(source), asked.length], [['sentry-pages', 1], 6]);
    assert.deepEqual([await read(source), asked.length], [['sentry-pages', 1], 6], 'and then not for an hour');
  });

  it('that one 404 at the start hid is found by the next run', async () => {
    const source = open();
    const asked = probe({ status: 404 }, TABLE);
    projects();
    events('crm-web', null, page([event('04:00')]), page([event('04:00')]));
    totals({ environments: ['production'] }, totalRows([11, 5, 1]));
    const found = [await read(source), await read(source), await read(source)];
    assert.deepEqual(
      [found, asked.length],
      [
        [
          ['sentry-pages', 1],
          ['sentry-pages', 1],
          ['sentry', 5],
        ],
        2,
      ],
    );
  });

  for (const [kind, serve, expected] of [
    ['table', serveTable, ['sentry', 5]],
    ['pages', servePages, ['sentry-pages', 1]],
  ] as const) {
    it(`SENTRY_SOURCE=${kind} is taken at its word`, async () => {
      projects();
      serve();
      assert.deepEqual(await read(open(createClock(), { SENTRY_SOURCE: kind })), expected);
    });
  }

  it('without search tells at start which filters it cannot serve', async () => {
    probe({ status: 404 });
    projects();
    const filters = [askOf({ name: 'raw', query: 'release:1.*' }).filter, ASK.filter];
    assert.deepEqual(complaintsOf(await open().prepare(filters, scopeOf())), [
      'filter raw: query: this server has no search of that kind, so query cannot be used; use searchTerms, exclude, levels and environments',
    ]);
  });
});
