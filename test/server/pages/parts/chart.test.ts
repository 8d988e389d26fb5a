import assert from 'node:assert/strict';
import type { WindowCount } from '../../../../src/core/ports/read-model.ts';
import { chart } from '../../../../src/server/pages/parts/chart.ts';
import { START } from '../../../support/build/reports.ts';

const FIVE = 300_000;

describe('a chart', () => {
  it('has a bar with words for every window that was counted, a band for every stretch that was not, and no style of its own', async () => {
    const given: (readonly [number, boolean] | null)[] = [
      [4, true],
      [0, true],
      null,
      null,
      [9, false],
      [2, true],
      null,
      [0, false],
    ];
    const windows = given.map((it, n): WindowCount | null =>
      it === null ? null : { start: START + n * FIVE, events: it[0], complete: it[1], revision: n === 5 ? 2 : 0 },
    );
    const svg = await chart({ windows, from: START, title: 'shop & "co" <b>' });
    assert.doesNotMatch(svg, /style|class=|ecmeta|<script| on\w+=|javascript|href/);
    for (const [tag] of svg.matchAll(/<\w[^>]*>/g)) {
      const names = [...tag.matchAll(/ ([\w-]+)="/g)].map(([, name]) => name);
      assert.equal(new Set(names).size, names.length, `one attribute twice: ${tag}`);
      if (tag.startsWith('<text')) assert.ok(names.includes('font-size') && names.includes('data-ink'), tag);
    }
    assert.deepEqual(
      [...svg.matchAll(/<title>(.*?)<\/title>/g)].map(([, text]) => text),
      [
        '10:00–10:05 UTC: 4',
        '10:05–10:10 UTC: 0',
        '10:25–10:30 UTC: 2, revision 2',
        '10:20–10:25 UTC: at least 9',
        '10:35–10:40 UTC: at least 0',
      ],
    );
    assert.equal(svg.match(/data-ink="c-gap"/g)?.length, 2);
    assert.match(svg, /^<svg role="img" aria-label="shop &amp; &quot;co&quot; &lt;b&gt;" /);
  });

  it('of nothing is a chart too', async () => {
    assert.match(
      await chart({ windows: Array<null>(288).fill(null), from: START, title: 'none' }),
      /^<svg[\s\S]*c-gap[\s\S]*<\/svg>$/,
    );
  });

  it('has the size that is asked for', async () => {
    assert.match(
      await chart({ windows: [null], from: START, title: '', width: 500, height: 120 }),
      /^<svg [^>]*viewBox="0 0 500 120"/,
    );
  });
});
