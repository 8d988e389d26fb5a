import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type Bench, burst, openBench } from '../support/e2e/bench.ts';
import { look } from '../support/pages/read-page.ts';

/** Bytes of an answer's body as it is sent to a browser. */
function sent(url: string): Promise<number> {
  return new Promise((done, fail) => {
    request(url, { headers: { 'accept-encoding': 'gzip', connection: 'close' } }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => (bytes += part.length)).on('end', () => done(bytes));
    })
      .once('error', fail)
      .end();
  });
}

describe('the weight of the overview', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench({ time: 'stopped' })));
  afterEach(() => bench.close());

  it('with three filters is under 60 kB packed, all that a browser fetches together', async () => {
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api', 'worker']) world.addProject({ slug });
    for (let issue = 0; issue < 12; issue++)
      world.addEvents(burst(['web', 'api', 'worker'][issue % 3]!, 101 + issue, 5 + issue * 7));
    const filters = ['web', 'api', 'worker'].map((project) => ({
      name: `shop-${project}`,
      team: 'shop',
      projects: [project],
    }));
    const service = await bench.serve(filters);
    assert.equal((await service.post()).status, 200);
    const { text } = await look(service.url);
    const files = [...text.matchAll(/<(?:link|script)[^>]* (?:href|src)="(\/[^"]*)"/g)].map(([, path]) => path!);
    assert.equal(files.length, 3, 'icon, sheet and script');
    const weights = await Promise.all(['/', ...files].map((path) => sent(`${service.url}${path}`)));
    const all = weights.reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(weights.every((bytes) => bytes > 100) && all < 60_000, `${weights.join(' + ')} = ${all} bytes`);
  });
});
