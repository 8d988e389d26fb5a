import assert from 'node:assert/strict';
import { newestHitsIn, newestIn } from '../../../src/app/tickets/newest.ts';
import { readingOf } from '../../../src/app/tickets/reading.ts';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import type { Filter } from '../../../src/core/model/filter.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

const clock = createClock();
const filter = (project: string, source?: string): Filter =>
  ({ name: project, projects: [project], ...(source === undefined ? {} : { source }) }) as unknown as Filter;
const source = (name: string, newestText?: Source['newestText']) => ({
  name,
  built: { part: { name, newestText } as Source },
});
const of = (filters: readonly Filter[], ...sources: readonly ReturnType<typeof source>[]) => {
  const find = newestIn(readingOf(sources, filters, 'main'), clock);
  return (project = 'web') => find({ project, id: '7' }, scopeOf({ deadline: Infinity }));
};

describe('what sources say of an issue that gets a ticket', () => {
  it('is that of the source whose filters have the project, without secrets, and soon', async () => {
    const asked: unknown[] = [];
    const main = source('main', async (id, { deadline }) => {
      asked.push([id, deadline - clock.now()]);
      return 'KeyError: password=hunter22hunter';
    });
    const ask = of(
      [filter('web'), filter('web'), filter('api', 'other'), filter('gone', 'nobody')],
      main,
      source('other'),
    );
    assert.deepEqual(await ask(), { text: 'KeyError: password=[removed]' });
    assert.deepEqual(asked, [['7', 15_000]]);
    for (const project of ['api', 'gone', '(filters)']) assert.equal(await ask(project), null);
  });

  it('is why there is none', async () => {
    const twice = of(
      [filter('web'), filter('web', 'other')],
      source('main', async () => ''),
      source('other', async () => ''),
    );
    assert.deepEqual(await twice(), { lack: 'No traceback: several sources have a project web.' });
    const silent = of(
      [filter('web')],
      source('main', async () => null),
    );
    assert.deepEqual(await silent(), {
      lack: 'No traceback: its newest event is not there any more, or says nothing.',
    });
    const away = of(
      [filter('web')],
      source('main', () =>
        Promise.reject(new UpstreamError('main: answered 503', { service: 'main', retryable: true })),
      ),
    );
    assert.deepEqual(await away(), { lack: 'Its traceback could not be read: main: answered 503' });
  });
});

describe('the newest events that sources have', () => {
  const made = (name: string, newestEvents?: Source['newestEvents']) => ({
    name,
    built: { part: { name, newestEvents } as Source },
  });
  const of = (sources: readonly ReturnType<typeof made>[], filters: readonly Filter[] = [filter('web')]) => {
    const find = newestHitsIn(readingOf(sources, filters, 'main'));
    return (project = 'web') => find({ project, id: '7' }, 40, scopeOf());
  };
  const none = (lack: string) => ({ listed: [], more: 0, lack });

  it('are those of the source of the project, else why there are none', async () => {
    const hits = { listed: [{ at: 1, user: null, url: null }], more: 2 };
    const ask = of([made('main', async (issue, limit) => ({ ...hits, more: limit + Number(issue.id) }))]);
    assert.deepEqual(await ask(), { ...hits, more: 47 });
    assert.equal(await ask('gone'), null);
    assert.equal(await of([made('main')])(), null);
    const silent = of([made('main', async () => null)]);
    assert.deepEqual(await silent(), none('Its events are not listed: main has no table of events.'));
    const fault = new UpstreamError('main: answered 500', { service: 'main', retryable: true });
    const broken = of([made('main', () => Promise.reject(fault))]);
    assert.deepEqual(await broken(), none('Its events could not be read: main: answered 500'));
    const twice = of(
      [made('main', async () => null), made('other', async () => null)],
      [filter('web'), filter('web', 'other')],
    );
    assert.deepEqual(await twice(), none('Its events are not listed: several sources have a project web.'));
  });
});
