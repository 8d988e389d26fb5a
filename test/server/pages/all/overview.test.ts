import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { FilterData, PageData } from '../../../../src/server/pages/data/model.ts';
import { homePage } from '../../../../src/server/pages/all/home.ts';
import type { View } from '../../../../src/server/pages/view/view.ts';
import { filterDataOf, pageDataOf, receiptOf, seenOf, slotOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { cells, countsIn, filtersIn, headingsIn, linkOf, textIn } from '../../../support/pages/read-page.ts';
import { gapped } from '../../../support/pages/page-states.ts';
import { issueOf, WINDOW } from '../../../support/build/reports.ts';

const trending = seenOf('x', { issues: [issueOf({ trending: true, state: 'new' })] });
const page = (filters: readonly FilterData[], view: View = {}, given: Partial<PageData> = {}): string =>
  homePage(pageDataOf({ ...given, filters }), view);
const numbered = (count: number, of: (n: number) => FilterData): readonly FilterData[] =>
  Array.from({ length: count }, (_, n) => of(n));
const calm = (n: number): FilterData =>
  filterDataOf(`f-${String(n).padStart(3, '0')}`, { team: n % 2 === 0 ? 'crm' : 'shop' });

describe('the overview', () => {
  it('has first what is in trouble, the gravest first, then each team, the nameless one last', () => {
    const down = { accepted: 0, refused: [], uncertain: 0, failed: 3, refs: [], error: 'anodot: answered 403' };
    const text = page([
      filterDataOf('zeta', { team: 'shop' }),
      filterDataOf('plain'),
      filterDataOf('trends', { team: 'shop', report: trending }),
      filterDataOf('partial', { report: seenOf('partial', { complete: false }) }),
      uncountedOf('lost', { team: 'crm' }),
      filterDataOf('alpha', { team: 'crm' }),
      filterDataOf('unsent', { team: 'crm', receipts: [receiptOf('unsent', 'anodot', { receipt: down })] }),
      filterDataOf('missed', { team: 'crm', missed: 1 }),
    ]);
    assert.deepEqual(filtersIn(text), ['lost', 'unsent', 'missed', 'partial', 'trends', 'alpha', 'zeta', 'plain']);
    assert.deepEqual(headingsIn(text).slice(-4), [
      'Look at these first 5 filters in trouble, incomplete, or with an issue that trends',
      'crm 4 filters, 3 above',
      'shop 2 filters, 1 above',
      'No team 2 filters, 1 above',
    ]);
    assert.match(cells(text, 'filter', 'unsent').at(-1)!, /^anodot: not delivered/);
    const debug = page(
      [filterDataOf('unsent', { receipts: [receiptOf('unsent', 'anodot', { receipt: down })] })],
      {},
      { dryRun: true },
    );
    assert.equal(cells(debug, 'filter', 'unsent').at(-1), '', 'nobody sends: nothing is missing');
    assert.match(cells(text, 'filter', 'lost').at(-1)!, /^now not counted/);
    assert.match(cells(text, 'filter', 'trends').at(-1)!, /^1 trending/);
  });

  it('folds no team of up to forty filters, and all calm ones of more', () => {
    assert.equal(filtersIn(page(numbered(40, calm))).length, 40);
    const text = page([...numbered(40, calm), uncountedOf('lost', { team: 'crm' })]);
    assert.deepEqual(filtersIn(text), ['lost'], 'what is in trouble is never folded');
    assert.deepEqual(headingsIn(text).slice(1), ['crm 21 filters, 1 above', 'shop 20 filters']);
    assert.deepEqual(cells(text, 'team', 'shop').slice(0, 3), ['shop 20 filters', '60', '60']);
    assert.equal(cells(text, 'team', 'crm')[1], '60+', 'one of them was not counted');
  });

  it('draws the sum of a folded team, and marks what it lacks', () => {
    const [one, two] = [0, 2].map((n) => calm(n));
    const windows = [slotOf(0, 1), null, slotOf(2, 5, { complete: false }), null];
    const filters = [
      { ...one!, windows },
      { ...two!, windows: [slotOf(0, 2), slotOf(1, 7), slotOf(2, 1), null] },
    ];
    const text = page([...filters, ...numbered(39, (n) => calm(2 * n + 1))]);
    const sums = /data-team="crm"[\s\S]*?data-counts="([^"]*)"/.exec(text)?.[1];
    assert.equal(sums, '3 7+ 6+ -');
  });

  it('unfolds and folds by plain links that keep what else was chosen', () => {
    const filters = numbered(50, calm);
    const folded = page(filters, { range: '24h' });
    const href = linkOf(folded, 'crm');
    assert.equal(href, '/?range=24h&open=crm#t-crm');
    assert.match(folded, /<a href="[^"]*" id="t-crm" aria-expanded="false">/);
    const open = page(filters, { range: '24h', open: ['crm'] });
    assert.equal(filtersIn(open).length, 25);
    assert.match(open, /id="t-crm" aria-expanded="true">/);
    assert.match(open, /id="t-shop" aria-expanded="false">/);
    assert.equal(linkOf(open, 'crm'), '/?range=24h&shut=crm#t-crm');
    const few = numbered(4, calm);
    assert.deepEqual(filtersIn(page(few, { shut: ['crm'] })), ['f-001', 'f-003']);
    assert.deepEqual(filtersIn(page([filterDataOf('lone')], { shut: [''] })), []);
  });

  it('says how many are not shown, and where they are, when five hundred are in trouble', () => {
    const text = page(
      numbered(500, (n) => uncountedOf(`f-${n}`, { team: `team-${n % 10}` })),
      { range: '12h' },
    );
    assert.equal(filtersIn(text).length, 20);
    assert.match(textIn(text), / 480 filters more should be looked at: all 500 filters in one table /);
    assert.equal(linkOf(text, 'all 500 filters in one table'), '/filters?range=12h');
    const left = [...text.matchAll(/>(\d+) to look at</g)].reduce((sum, [, many]) => sum + Number(many), 0);
    assert.equal(left, 480, 'each team says how many of them are its own');
    assert.ok(gzipSync(text).length < 250_000);
  });

  it('sorts by the heads of its columns: the first fifty, and it says how many are left', () => {
    const filters = numbered(60, (n) =>
      filterDataOf(`f-${String(n).padStart(2, '0')}`, {
        now: n === 7 ? null : slotOf(11, (n * 37) % 60),
        usual: n === 9 ? null : (n * 7) % 60,
        windows: [slotOf(0, (n * 13) % 60)],
      }),
    );
    const first = (view: View): readonly string[] => filtersIn(page(filters, view)).slice(0, 3);
    assert.deepEqual(first({ sort: 'now' }), ['f-47', 'f-34', 'f-21'], '37 n mod 60: 59, 58, 57');
    assert.deepEqual(first({ sort: 'usual' }), ['f-17', 'f-34', 'f-51'], '7 n mod 60: 59, 58, 57');
    assert.deepEqual(first({ sort: 'peak' }), ['f-23', 'f-46', 'f-09'], '13 n mod 60: 59, 58, 57');
    assert.deepEqual(first({ sort: 'name' }), ['f-00', 'f-01', 'f-02']);
    const text = page(filters, { sort: 'now', q: 'f-' });
    assert.equal(filtersIn(text).length, 50);
    assert.match(textIn(text), / 10 filters more are not shown here: all 60 filters in one table /);
    assert.equal(linkOf(text, 'all 60 filters in one table'), '/filters?sort=now&q=f-');
    assert.match(text, /<th scope="col" class="n" aria-sort="descending">\s*<a href="\/\?sort=now&amp;q=f-"/);
    assert.match(page(filters, { sort: 'name' }), /<th scope="col" aria-sort="ascending">\s*<a href="\/\?sort=name"/);
  });

  it('finds filters by name, team and project, and keeps what else was chosen', () => {
    const filters = [
      filterDataOf('pay', { team: 'Crm', projects: ['web'] }),
      filterDataOf('search', { team: 'shop', projects: ['crm-api'] }),
      filterDataOf('CRMX'.toLowerCase(), { projects: ['x'] }),
      filterDataOf('other', { projects: ['web'] }),
    ];
    const text = page(filters, { q: 'cRm', range: '1h', open: ['a b'] });
    assert.deepEqual(filtersIn(text).toSorted(), ['crmx', 'pay', 'search']);
    assert.match(textIn(text), / 3 of 4 filters match\. show all /);
    assert.equal(linkOf(text, 'show all'), '/?range=1h&open=a+b');
    const search = /<form[^>]*role="search"[^>]*>[\s\S]*?<\/form>/.exec(text)![0];
    assert.match(search, /<input type="hidden" name="range" value="1h"><input type="hidden" name="open" value="a b">/);
    assert.doesNotMatch(search, /type="hidden" name="q"/);
    const hostile = page(filters, { q: '"><script>' });
    assert.match(hostile, /value="&quot;&gt;&lt;script&gt;"/);
    assert.match(textIn(hostile), / No filter matches\. /);
  });

  it('says that no issue trends only where that can be known', () => {
    const said = (filters: readonly FilterData[]): string =>
      /<p class="empty">([^<]*)/.exec(page(filters, {}, { current: WINDOW }))![1]!;
    assert.equal(said([filterDataOf('shop')]), 'None in what was counted of this window.');
    assert.equal(said([filterDataOf('shop'), gapped('back', 'source_silent')]), 'Not known: Sentry is silent.');
    assert.equal(said([uncountedOf('shop')]), 'Not known: no filter was counted in this window.');
  });

  it('gives all charts one scale on demand', () => {
    const filters = [
      filterDataOf('big', { windows: [slotOf(0, 100)] }),
      filterDataOf('small', { windows: [slotOf(0, 50)] }),
    ];
    const heightOf = (text: string, name: string): string =>
      /<path class="bars" d="M\d+ 32v-(\d+)/.exec(text.slice(text.indexOf(`data-filter="${name}"`)))![1]!;
    const [own, shared] = [page(filters), page(filters, { scale: 'shared' })];
    assert.deepEqual([heightOf(own, 'big'), heightOf(own, 'small')], ['32', '32']);
    assert.deepEqual([heightOf(shared, 'big'), heightOf(shared, 'small')], ['32', '16']);
    assert.equal(countsIn(shared, 'small').join(), '50');
    assert.match(textIn(shared), /The charts of filters share a scale, up to 100 events\./);
  });
});
