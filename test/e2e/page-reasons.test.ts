import assert from 'node:assert/strict';
import { type Bench, burst, openBench } from '../support/e2e/bench.ts';
import { linksIn, look, textIn } from '../support/pages/read-page.ts';

const FILTERS = [
  { name: 'shop', projects: ['web', 'gone'] },
  { name: 'back', projects: ['worker'] },
];

describe('every reason on the page', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'worker']) world.addProject({ slug });
    world.addEvents([...burst('web', 101, 3), ...burst('worker', 201, 5)]);
  });
  afterEach(() => bench.close());

  it('leads to its row, which the server shows at the path of the documentation', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    const worker = `project=${world.projects().find(({ slug }) => slug === 'worker')!.id}`;
    const fault = { vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 400, times: 0 } as const;
    world.faults.add({ ...fault, match: worker });
    const service = await bench.serve(FILTERS);
    assert.equal((await service.post()).status, 502);
    const pages = [await look(service.url), await look(service.url, '/filters/shop')];
    const links = pages.map(({ text }) => linksIn(text).filter((href) => href.startsWith('/docs/')));
    assert.deepEqual(
      links.map((all) => [...new Set(all)].toSorted()),
      [
        [
          '/docs/faults.md#filter-not-read',
          '/docs/faults.md#gap-project_not_found',
          '/docs/faults.md#page-trends',
          '/docs/faults.md#sink-failed',
        ],
        ['/docs/faults.md#gap-project_not_found', '/docs/faults.md#page-trends', '/docs/faults.md#sink-failed'],
      ],
    );
    const { status, headers, text } = await look(service.url, '/docs/faults.md');
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    for (const href of links.flat()) assert.ok(text.includes(` id="${href.split('#')[1]!}"`), href);
    assert.match(textIn(text), / source_silent Sentry took in no event at all: these zeros are no all-clear look at /);
  });

  it('is explained without anything from outside, and to everybody', async () => {
    const service = await bench.serve(FILTERS, { PAGE_TOKEN: 'look-0123456789abcdef' });
    const { status, text } = await look(service.url, '/docs/faults.md');
    assert.deepEqual([status, (await look(service.url)).status], [200, 401]);
    for (const href of linksIn(text)) assert.match(href, /^(\/(filters|issues|status)?|#[\w-]+)$/);
    for (const [, id] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(text.includes(` id="${id!}"`), id);
    for (const [, address] of text.matchAll(/(?:src|href)="([^"]*)"/g)) assert.ok(!/^(https?:)?\/\//.test(address!));
    assert.doesNotMatch(textIn(text), /`|\]\(/, 'no Markdown is left');
  });
});
