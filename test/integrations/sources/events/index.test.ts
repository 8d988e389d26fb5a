import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/model/filter.ts';
import { makeReport } from '../../../../src/core/model/make-report.ts';
import type { Answer, Reading } from '../../../../src/core/model/reading.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../../src/core/model/window.ts';
import type { Deps, IntakeDeps } from '../../../../src/integrations/plugin.ts';
import { events } from '../../../../src/integrations/sources/events/index.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { filterOf, WINDOW } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { eventOf } from '../../../support/events/events.ts';
import { type FakeStore, fakeStore } from '../../../support/events/fake-store.ts';
import { sourceContract } from '../../../contract/source.ts';

const NAMES = ['crm-web', 'crm-api'];
const SETTLE = 120_000;
const WEB = filterOf({ projects: ['crm-web'] });

describe('the source of events', () => {
  let store: FakeStore;
  beforeEach(() => {
    store = fakeStore();
    store.readers = NAMES.map((project) => readTo(project, WINDOW.end + SETTLE));
  });

  const readTo = (project: string, watermark: number | null, name = '') => {
    return { project, name, position: null, watermark, since: null, missing: [], movedAt: 0 };
  };
  const sourceWith = (deps: Deps, given: Partial<IntakeDeps> = {}) => {
    const intakes: IntakeDeps = {
      store,
      names: NAMES,
      settleMs: SETTLE,
      pageOf: (id) => `https://monitor.example.com/issues/${id}`,
      taken: async () => undefined,
      listener: { name: 'intakes' },
      ...given,
    };
    return events.read({}).create({ ...deps, intakes }, 'events').part;
  };
  const answerTo = async (filter: Filter, window = WINDOW): Promise<Answer> => {
    const answers: Answer[] = [];
    for await (const answer of sourceWith(depsOf()).read([{ filter, window, want: 'full' }], scopeOf()))
      answers.push(answer);
    return answers[0]!;
  };
  const readingOf = async (filter: Filter = WEB, window = WINDOW): Promise<Reading> => {
    const answer = await answerTo(filter, window);
    assert.ok('reading' in answer, JSON.stringify(answer));
    return answer.reading;
  };
  const gapsOf = ({ gaps }: Reading): readonly unknown[] =>
    gaps.map(({ part, reason, project }) => [part, reason, project]);

  let answering: Partial<FakeStore> = {};
  const serveTwo = (): void => {
    const titled = (text: string, count: number) =>
      Array.from({ length: count }, (_, n) =>
        eventOf(`${text}-${n}`, { title: text, issueId: text === 'one' ? '1' : '2' }),
      );
    store.put('crm-web', ...titled('one', 5), ...titled('two', 7));
  };
  const refuse = (words: string) => () => Promise.reject(new Error(words));
  afterEach(() => (answering = {}));
  sourceContract({
    name: 'events',
    secrets: [],
    create: (deps) => sourceWith(deps, { store: { ...store, ...answering } }),
    serveTwo,
    serveOneRefuseTwo: serveTwo,
    refused: { query: 'is:unresolved' },
    serveTotals: () => {
      serveTwo();
      answering = { issues: refuse('no rows were asked for'), counts: refuse('no past was asked for') };
    },
    serveWithoutGone: serveTwo,
    refuseAll: (words) => {
      answering = { cursors: refuse(words), held: refuse(words), each: refuse(words) };
    },
    hang: (asked) => {
      answering = {
        cursors: () => {
          asked();
          return new Promise(() => undefined);
        },
      };
    },
  });

  it('counts events by project and issue, and users once', async () => {
    store.put(
      'crm-web',
      eventOf('a', { user: 'id:1' }),
      eventOf('b', { user: 'id:1' }),
      eventOf('c', { user: 'id:2', issueId: '2' }),
    );
    store.put('crm-api', eventOf('d', { issueId: '3' }));
    const { totals, issues, held } = await readingOf(filterOf({ projects: NAMES }));
    assert.deepEqual(
      totals.map(({ project, events, users }) => [project, events, users]),
      [
        ['crm-web', 3, 2],
        ['crm-api', 1, 0],
      ],
    );
    assert.deepEqual(
      issues.map(({ issueId, events, users, url }) => [issueId, events, users, url]),
      [
        ['6507376925', 2, 1, 'https://monitor.example.com/issues/6507376925'],
        ['2', 1, 1, 'https://monitor.example.com/issues/2'],
        ['3', 1, 0, 'https://monitor.example.com/issues/3'],
      ],
    );
    assert.equal(held, 4);
  });

  it('chooses by terms, environments and levels, and splits by tags and fields', async () => {
    const production = { environment: 'production', tags: { os: 'linux' }, release: 'shop@1' };
    store.put(
      'crm-web',
      eventOf('a', { ...production, title: 'Card DECLINED' }),
      eventOf('b', { ...production, text: 'card declined in another text' }),
      eventOf('c', { ...production, culprit: 'card declined' }),
      eventOf('d', { ...production, title: 'other' }),
      eventOf('e', { title: 'card declined', environment: 'staging' }),
      eventOf('f', { ...production, title: 'card declined', level: 'warning' }),
      eventOf('g', { ...production, title: 'card declined: health check' }),
    );
    const { totals, splits } = await readingOf(
      filterOf({
        projects: ['crm-web'],
        searchTerms: ['card declined'],
        exclude: ['HEALTH check'],
        environments: ['production'],
        levels: ['error'],
        tags: ['os', 'release', 'constructor'],
      }),
    );
    assert.deepEqual(
      [totals[0]!.events, splits.map(({ tags, events }) => [tags, events])],
      [3, [[{ os: 'linux', release: 'shop@1' }, 3]]],
    );
  });

  it('says which issues are new: by their first event in the environments of the filter', async () => {
    store.put(
      'crm-web',
      eventOf('old', { at: WINDOW.start - DAY_MS, environment: 'staging' }),
      eventOf('a', { environment: 'production' }),
    );
    const stateIn = async (...environments: string[]): Promise<string | undefined> => {
      const filter = filterOf({ projects: ['crm-web'], environments });
      return makeReport(filter, WINDOW, await readingOf(filter)).issues[0]?.state;
    };
    assert.deepEqual([await stateIn(), await stateIn('production')], ['ongoing', 'new']);
  });

  it('compares with the past, with terms event by event', async () => {
    const before = (id: string, ms: number, title = 'card declined') => eventOf(id, { at: WINDOW.start - ms, title });
    store.put(
      'crm-web',
      eventOf('now', { title: 'card declined' }),
      before('hour-1', PERIOD_MS),
      before('hour-2', HOUR_MS),
      before('other', HOUR_MS, 'something else'),
      before('day', DAY_MS),
      before('week', 7 * DAY_MS),
      before('between', 3 * DAY_MS),
    );
    const past = async (given: Partial<Filter>): Promise<unknown> =>
      (await readingOf(filterOf({ projects: ['crm-web'], ...given }))).baselines.map(({ name, events }) => [
        name,
        [...events],
      ]);
    const wanted = (hour: number) => [
      ['1h', [['6507376925', hour]]],
      ['1d', [['6507376925', 1]]],
      ['7d', [['6507376925', 1]]],
    ];
    assert.deepEqual(await past({}), wanted(3));
    assert.deepEqual(await past({ searchTerms: ['declined'] }), wanted(2));
  });

  it('counts users over the spans that rules ask for', async () => {
    const user = (id: string, ms: number, name: string) =>
      eventOf(id, { at: WINDOW.end - ms, user: name, title: 'card' });
    store.put(
      'crm-web',
      user('a', 1, 'id:1'),
      user('b', 899_999, 'id:2'),
      user('c', 900_000, 'id:2'),
      user('d', 900_001, 'id:3'),
    );
    const spans = async (given: Partial<Filter>): Promise<unknown> =>
      (await readingOf(filterOf({ projects: ['crm-web'], alerts: [ruleOf('users > 50 in 15m')], ...given }))).spans;
    const wanted = [{ spanMs: 900_000, users: 2, issues: {}, issuesAbove: null }];
    assert.deepEqual([await spans({}), await spans({ searchTerms: ['card'] })], [wanted, wanted]);
  });

  it('is incomplete as long as an intake was not read past the window and the settle time', async () => {
    const behind = [['totals', 'intake_behind', 'crm-web']];
    for (const [readers, gaps] of [
      [[], behind],
      [[readTo('crm-web', null)], behind],
      [[readTo('crm-web', WINDOW.end + SETTLE - 1)], behind],
      [[readTo('crm-web', WINDOW.end + SETTLE)], []],
      [[readTo('crm-web', WINDOW.end + SETTLE, 'host-1'), readTo('crm-web', WINDOW.end, 'host-2')], behind],
    ] as const) {
      store.readers = [...readers];
      assert.deepEqual(gapsOf(await readingOf()), gaps);
    }
  });

  it('waits no longer for a reader that has stood still for a day while another moved', async () => {
    const [here, away] = [readTo('crm-web', WINDOW.end + SETTLE, 'host-1'), readTo('crm-web', WINDOW.end, 'host-2')];
    for (const [movedAt, count] of [
      [DAY_MS, 1],
      [DAY_MS + 1, 0],
    ] as const) {
      store.readers = [{ ...here, movedAt }, away];
      assert.equal(gapsOf(await readingOf()).length, count);
    }
    store.readers = [{ ...away, movedAt: 2 * DAY_MS }];
    assert.equal(gapsOf(await readingOf()).length, 1);
  });

  it('counts no window that is older than what is kept', async () => {
    const start = WINDOW.start - 15 * DAY_MS;
    const answer = await answerTo(WEB, { start, end: start + PERIOD_MS });
    assert.ok('fault' in answer);
    assert.match(answer.fault.message, /events are kept for 14 days \(EVENT_DAYS\)/);
  });

  it('has a time series for filters without terms', async () => {
    store.put('crm-web', eventOf('a'), eventOf('b', { at: WINDOW.end }));
    const span = { start: WINDOW.start, end: WINDOW.end + HOUR_MS };
    const source = sourceWith(depsOf());
    assert.deepEqual(await source.series!(WEB, span, scopeOf()), [
      { start: WINDOW.start, events: 1, complete: true },
      { start: WINDOW.end, events: 1, complete: true },
    ]);
    assert.deepEqual(await source.series!({ ...WEB, exclude: ['x'] }, span, scopeOf()), []);
  });
});
