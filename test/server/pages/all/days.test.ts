import assert from 'node:assert/strict';
import { homePage } from '../../../../src/server/pages/all/home.ts';
import { issuesPage } from '../../../../src/server/pages/all/issues.ts';
import { statusPage } from '../../../../src/server/pages/all/status.ts';
import { NO_DETAIL } from '../../../../src/server/pages/data/model.ts';
import { filterPage } from '../../../../src/server/pages/filter/page.ts';
import { issueOf } from '../../../support/build/reports.ts';
import { filterDataOf, LOOK, pageDataOf, seenOf } from '../../../support/pages/page-data.ts';
import { later } from '../../../support/pages/page-states.ts';
import { cells, textIn } from '../../../support/pages/read-page.ts';

const tags = [{ tags: { region: 'eu' }, events: 3 }];
const url = 'https://sentry.example.com/search';
const FILTER = filterDataOf('shop', { report: seenOf('shop', { url, tags, issues: [issueOf({ trending: true })] }) });
/** Of the last counted window, so many windows ago. */
const at = (windows: number) => pageDataOf({ ...later(windows), filters: [FILTER] });
const onPage = (windows: number): string =>
  filterPage({ data: at(windows), filter: FILTER, detail: { ...NO_DETAIL, tags }, details: new Map(), view: {} });

/** Headings that say a time. */
const headings = (text: string): readonly string[] =>
  [...text.matchAll(/<h[12][^>]*>([\s\S]*?)<\/h[12]>/g)]
    .map(([, said]) => textIn(said!))
    .filter((said) => said.includes('10:00–10:05'));

describe('the day of the last counted window', () => {
  const shown = (windows: number): readonly string[] =>
    [homePage(at(windows), {}), issuesPage(at(windows), {}), statusPage(at(windows), {}), onPage(windows)].flatMap(
      headings,
    );

  it('is not said of today', () =>
    assert.deepEqual(shown(0), [
      'Trending issues 10:00–10:05 UTC',
      'Issues 10:00–10:05 UTC',
      'Sinks 10:00–10:05 UTC',
      'Issues 10:00–10:05 UTC, first what trends',
      'Projects 10:00–10:05 UTC',
      'By tags 10:00–10:05 UTC',
    ]));

  it('is said in every heading when it is another, and where the same search leads', () => {
    const dated = shown(0).map((said) => said.replace('10:00', '20 Nov 10:00'));
    assert.deepEqual(shown(24 * 12), dated);
    assert.equal(new Date(LOOK + 14 * 3_600_000).getUTCDate(), 21);
    assert.deepEqual(shown(14 * 12), dated, 'hours later, after midnight');
    assert.match(textIn(onPage(24 * 12)), /The same search in Sentry, 20 Nov 10:00–10:05 UTC/);
    assert.match(textIn(statusPage(at(24 * 12), {})), /host-1 20 Nov 10:00–10:05 /, 'of the runs, too');
  });
});

describe('windows that were not counted', () => {
  const windows = FILTER.windows.map((slot, index) => ([4, 5, 9].includes(index) ? null : slot));
  const noteOf = (overdue: number, more: readonly null[] = []): string => {
    const shop = filterDataOf('shop', { windows: [...windows, ...more] });
    return cells(homePage(pageDataOf({ ...later(overdue), filters: [shop] }), {}), 'filter', 'shop').at(-1)!;
  };

  it('are told of each filter; those that are overdue once for all, and the note says that it means others', () => {
    assert.equal(noteOf(0), '3 not counted');
    assert.equal(noteOf(2, [null, null]), '3 not counted before the 2 overdue');
    assert.equal(noteOf(1_200), '3 not counted before the 1,200 overdue');
    const whole = pageDataOf({
      ...later(2),
      filters: [filterDataOf('shop', { windows: [...FILTER.windows, null, null] })],
    });
    assert.equal(cells(homePage(whole, {}), 'filter', 'shop').at(-1), '', 'what is overdue is no note of its own');
  });
});
