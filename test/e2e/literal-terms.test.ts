import assert from 'node:assert/strict';
import { type Bench, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';

describe('a server that takes search terms for whole messages', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    bench.sandbox.world.clock.set(bench.clock.now());
    bench.sandbox.world.addProject({ slug: 'web' });
    bench.sandbox.world.addEvents([{ at: START, project: 'web', issue: 1, title: 'Error: payment "declined" * \\' }]);
  });
  afterEach(() => bench.close());

  const told = (report: Json): Json => ({
    filter: report.filter,
    events: report.totals[0].events,
    gaps: report.gaps.map(({ part, reason }: Json) => `${part} ${reason}`),
  });

  it('is found out by the first filter that counts nothing, and no zero of terms is an all-clear', async () => {
    bench.sandbox.world.settings.messages = 'equal';
    const service = await bench.serve([
      { name: 'terms', projects: ['web'], searchTerms: ['"declined" *'] },
      { name: 'nothing', projects: ['web'], levels: ['debug'] },
    ]);
    const { body } = await service.post('?debug=true');
    await service.close();
    assert.deepEqual(
      body.reports.map(told).sort((a: Json, b: Json) => (a.filter < b.filter ? 1 : -1)),
      [
        { filter: 'terms', events: 0, gaps: ['totals terms_unread'] },
        { filter: 'nothing', events: 0, gaps: [] },
      ],
    );
  });

  it('is not suspected when the terms are in no message: asked once an hour, and the zero is one', async () => {
    const service = await bench.serve([{ name: 'terms', projects: ['web'], searchTerms: ['refund'] }]);
    const asked = (): number =>
      bench.sandbox.world.requests.all().filter((request) => JSON.stringify(request).includes('*refund*')).length;
    const [first, again] = [await service.post('?debug=true'), await service.post('?debug=true')];
    await service.close();
    assert.deepEqual(
      [...first.body.reports, ...again.body.reports].map((report: Json) => report.complete),
      [true, true],
    );
    assert.equal(asked(), 1);
  });

  it('is not suspected for what stars alone find, or leave in', async () => {
    bench.sandbox.world.addEvents([
      { at: START, project: 'web', issue: 2, title: 'Error: no \u017fuch key' },
      { at: START, project: 'web', issue: 3, title: 'Error: lost key' },
    ]);
    const service = await bench.serve([
      { name: 'look-alike', projects: ['web'], searchTerms: ['such'] },
      { name: 'left-out', projects: ['web'], searchTerms: ['lost'], exclude: ['\u017f'] },
    ]);
    const told: Json[] = [];
    for (const filter of ['look-alike', 'left-out'])
      told.push(...(await service.post(`?debug=true&filter=${filter}`)).body.reports);
    await service.close();
    assert.deepEqual(
      told.map((report) => [report.filter, report.totals[0].events, report.complete]),
      [
        ['look-alike', 0, true],
        ['left-out', 0, true],
      ],
    );
  });
});
