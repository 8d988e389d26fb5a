import assert from 'node:assert/strict';
import type { Slot } from '../../../../src/server/pages/data/model.ts';
import { chart } from '../../../../src/server/pages/chart/chart.ts';
import type { ChartSeries } from '../../../../src/server/pages/chart/series.ts';
import { START } from '../../../support/build/reports.ts';

const FIVE = 300_000;

/** Counts; `+` incomplete, `s` told by the source, null not counted. */
function slots(...given: readonly (string | null)[]): (Slot | null)[] {
  return given.map((it, n) =>
    it === null
      ? null
      : {
          start: START + n * FIVE,
          events: parseInt(it, 10),
          complete: !it.includes('+'),
          revision: 0,
          ...(it.includes('s') ? { from: 'source' as const } : {}),
        },
  );
}

const SERIES: ChartSeries = {
  windows: slots('4', '0', null, null, '9+', '2', null, '3s', '0+', '10'),
  before: slots('5', '5', null, '10', '0', '1', '1', '1', '1', '1'),
  from: START,
  step: FIVE,
  marks: [
    { kind: 'outage', start: START + 2 * FIVE, end: START + 4 * FIVE, text: 'no post' },
    { kind: 'deploy', start: START + 5 * FIVE, end: START + 5 * FIVE, text: 'release <1>' },
  ],
  searchUrl: ({ start }) => `https://sentry.example.com/?a=1&start=${start}`,
};

/** The path of a class. */
const pathOf = (svg: string, name: string): string | undefined =>
  new RegExp(`<path class="${name}" [^>]*? ?d="([^"]*)"`).exec(svg)?.[1];
/** Of each bar its slot and its height in pixels, of 210. */
const barsOf = (svg: string, name: string): readonly (readonly [number, number])[] =>
  [...(pathOf(svg, name) ?? '').matchAll(/M([\d.]+) 210v-([\d.]+)h4v([\d.]+)/g)].map(([, x, up, down]) => {
    assert.equal(up, down);
    return [(Number(x) - 0.5) / 5, Number(up)];
  });

describe('a chart', () => {
  const svg = chart(SERIES).text;

  it('has a bar for every slot that was counted, as high as its count; zero, incomplete and told ones are told apart', () => {
    // The axis goes to 10, which is 210 pixels high.
    assert.deepEqual(barsOf(svg, 'bars'), [
      [0, 84],
      [1, 1.5],
      [5, 42],
      [9, 210],
    ]);
    assert.deepEqual(barsOf(svg, 'open'), [
      [4, 189],
      [8, 5],
    ]);
    assert.deepEqual(barsOf(svg, 'told'), [[7, 63]]);
  });

  it('has a band for every stretch that was not counted, and for what is usual', () => {
    assert.deepEqual(
      [...svg.matchAll(/<rect class="gaps" [^>]*?x="([\d.]+)%" y="20" width="([\d.]+)%" height="210"/g)].map(
        ([, ...it]) => it,
      ),
      [
        ['20', '20'],
        ['60', '10'],
      ],
    );
    // Before the first slot 0 1 1 1 1 1 5 5 10 are known, in order: the middle half is 1 to 5.
    assert.match(pathOf(svg, 'usual')!, /^M0 105V105H5V/);
    assert.match(pathOf(svg, 'usual')!, /V189H0Z$/);
  });

  it('has the period before as a line that breaks where nothing was counted', () =>
    assert.equal(pathOf(svg, 'before'), 'M0 105H5V105H10M15 0H20V210H25V189H30V189H35V189H40V189H45V189H50'));

  it('has outages and deploys where they were, each with its number', () => {
    assert.match(svg, /<rect class="outage" [^>]*x="20%" y="20" width="20%"/);
    assert.match(svg, /<line class="deploy" [^>]*x1="50%" x2="50%"/);
    assert.deepEqual(
      [...svg.matchAll(/<text class="flag" x="([\d.]+)%"[^>]*>(.*?)</g)].map(([, ...it]) => it),
      [
        ['20', '1'],
        ['50', '2'],
      ],
    );
  });

  it('has for every slot its words and a link to the same search, which no key stops at', () => {
    const links = [
      ...svg.matchAll(/<a href="([^"]*)" rel="noreferrer" tabindex="-1"><title>([^<]*)<\/title><path d="M(\d+) 0h5/g),
    ];
    assert.equal(links.length, 10);
    links.forEach(([, url, title, x], n) => {
      assert.equal(url, `https://sentry.example.com/?a=1&amp;start=${START + n * FIVE}`);
      assert.equal(Number(x), n * 5);
      assert.match(title!, new RegExp(`^Fri 20 Nov, 10:${String(n * 5).padStart(2, '0')}–`));
    });
    assert.match(links[4]![2]!, /\nat least 9 events\nusual 1\nperiod before: 0\nincomplete$/);
    assert.match(links[5]![2]!, /\ndeploy: release &lt;1&gt;$/);
    const unknown = chart({ ...SERIES, searchUrl: () => null }).text;
    assert.ok(!unknown.includes('<a ') && unknown.match(/<title>/g)?.length === 10);
    assert.ok(!chart({ ...SERIES, searchUrl: () => 'javascript:alert(1)' }).text.includes('<a '));
  });

  it('has no style of its own that a strict policy would refuse', () =>
    assert.doesNotMatch(svg, /style|<script| on\w+="|javascript/));

  it('of nothing is a chart too', () => {
    const empty = chart({ ...SERIES, windows: Array<null>(288).fill(null), before: [], marks: [] }).text;
    assert.match(empty, /<rect class="gaps" [^>]*x="0%" y="20" width="100%"/);
    assert.equal(pathOf(empty, 'before'), undefined);
  });
});
