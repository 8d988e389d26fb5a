import assert from 'node:assert/strict';
import { newestIn } from '../../../src/app/tickets/newest.ts';
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
