import assert from 'node:assert/strict';
import { mock } from '../../../support/build/http-mock.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { until } from '../../../support/time/until.ts';
import {
  API,
  askOf,
  createSource,
  details,
  issue,
  issueRows,
  projects,
  readAll,
  readOne,
  rows,
  TOKEN,
  totalRows,
  totals,
} from '../../../support/sentry/sentry.ts';
import { complaintsOf } from '../../../support/build/findings.ts';

describe('the Sentry source in a run', () => {
  it('asks for a filter in three requests cold, and two warm', async () => {
    const source = createSource();
    projects();
    totals({}, totalRows([11, 1, 1]), totalRows([11, 1, 1]));
    rows({}, issueRows([1, 11, 1, 1]), issueRows([1, 11, 1, 1]));
    details(['1'], ['11'], { body: [issue('1')] });
    const [cold, warm] = [scopeOf(), scopeOf()];
    await readOne({}, source, cold);
    await readOne({}, source, warm);
    assert.deepEqual([cold.requests(), warm.requests()], [4, 2]);
  });

  it('gives the fastest filter first', async () => {
    let release: () => void = () => undefined;
    projects();
    totals(
      { query: 'message:"slow"' },
      () => new Promise((done) => (release = () => done(totalRows([11, 1, 1]) as object))),
    );
    totals({ query: 'message:"fast"' }, totalRows([11, 1, 1]));
    const names: string[] = [];
    for await (const { ask } of createSource().read(
      [askOf({ name: 's', searchTerms: ['slow'] }, 'totals'), askOf({ name: 'f', searchTerms: ['fast'] }, 'totals')],
      scopeOf(),
    )) {
      names.push(ask.filter.name);
      release();
    }
    assert.deepEqual(names, ['f', 's']);
  });

  it('logs each gap and warning with its filter', async () => {
    const scope = scopeOf();
    projects();
    totals({}, totalRows());
    rows({}, issueRows());
    await readOne({ name: 'x', projects: ['crm-web', 'gone'] }, createSource(), scope);
    assert.deepEqual(
      scope.log.lines
        .filter(({ text }) => text === 'gap')
        .map(({ level, fields }) => [level, fields['filter'], fields['reason']]),
      [['warn', 'x', 'project_not_found']],
    );
  });

  it('prepared, reads the projects once for all, and names those that cannot be read', async () => {
    const source = createSource();
    projects();
    const filters = [
      filterOf({ projects: ['crm-web', 'gone'] }),
      filterOf({ name: 'b', projects: ['gone', 'crm-api', 'lost'] }),
    ];
    assert.deepEqual(complaintsOf(await source.prepare(filters, scopeOf())), [
      'filter crm-checkout: no project gone in acme: renamed, deleted or misspelt; mend the filter',
      'filter b: no project gone in acme: renamed, deleted or misspelt; mend the filter',
      'filter b: no project lost in acme: renamed, deleted or misspelt; mend the filter',
    ]);
    totals({ projects: ['11'] }, totalRows());
    await readAll(source, [askOf({}, 'totals')]);
  });

  it('of which a request hangs in a queue ends with the run', async () => {
    const stop = new AbortController();
    let asked = 0;
    projects();
    totals({ query: 'message:"a"' }, () => (asked++, new Promise<never>(() => undefined)));
    const reading = readAll(
      createSource({ SENTRY_CONCURRENCY: '1' }),
      ['a', 'b', 'c'].map((name) => askOf({ name, searchTerms: [name] }, 'totals')),
      scopeOf({ signal: stop.signal }),
    );
    await until('a request comes', () => asked === 1);
    stop.abort();
    assert.deepEqual((await reading).map((answer) => 'fault' in answer && answer.fault.message).toSorted(), [
      'sentry: no answer before the run ended',
      'sentry: not asked, the run had ended',
      'sentry: not asked, the run had ended',
    ]);
  });

  it('posts nothing and goes nowhere but to the organization', async () => {
    projects();
    const calls = mock(
      {
        url: `${API}/events/`,
        query: [
          ['dataset', 'errors'],
          ['field', 'project.id'],
          ['field', 'count()'],
          ['field', 'count_unique(user)'],
          ['query', ''],
          ['start', '2026-11-20T10:00:00'],
          ['end', '2026-11-20T10:05:00'],
          ['project', '11'],
          ['sort', '-count()'],
          ['sort', 'project.id'],
          ['per_page', '100'],
        ],
      },
      { body: { data: [{ 'project.id': 11, 'count()': 0, 'count_unique(user)': 0 }] } },
    );
    await readAll(createSource(), [askOf({}, 'totals')]);
    assert.deepEqual(
      [calls[0]?.headers['authorization'], calls[0]?.headers['user-agent']],
      [`Bearer ${TOKEN}`, 'sentry-monitor/0.0.0'],
    );
  });
});
