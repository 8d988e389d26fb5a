import assert from 'node:assert/strict';
import type { ReportIssue } from '../../../../src/core/model/report.ts';
import { filtersPage } from '../../../../src/server/pages/all/filters.ts';
import { homePage } from '../../../../src/server/pages/all/home.ts';
import { issuesPage } from '../../../../src/server/pages/all/issues.ts';
import { statusPage } from '../../../../src/server/pages/all/status.ts';
import type { PageData, Slot } from '../../../../src/server/pages/data/model.ts';
import { placesOf } from '../../../../src/server/pages/findings/places.ts';
import { notFoundPage } from '../../../../src/server/pages/refused.ts';
import { filterDataOf, LOOK, pageDataOf, seenOf, slotOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { gapped, later } from '../../../support/pages/page-states.ts';
import { cells, countsIn, filtersIn, linksIn, textIn } from '../../../support/pages/read-page.ts';
import { detailsOf, issueOf, START } from '../../../support/build/reports.ts';

const FIVE = 300_000;
const PAGES = { Overview: homePage, Filters: filtersPage, Issues: issuesPage, Status: statusPage } as const;
const trending = filterDataOf('shop', {
  report: seenOf('shop', { issues: [issueOf({ trending: true, state: 'new' })] }),
});

describe('the head of each page', () => {
  const headOf = (text: string): readonly string[] => [
    /<title>([^<]*)<\/title>/.exec(text)![1]!,
    /<link rel="icon" id="icon" href="([^"]*)"/.exec(text)![1]!,
  ];

  it('says in tab and icon how it stands: how many troubles there are, and of which kind', () => {
    const states: readonly (readonly [string, Partial<PageData>, string, string])[] = [
      ['all is calm', {}, 'All calm', '/page.svg'],
      ['an issue trends', { filters: [trending] }, '1 issue trends', '/page-trend.svg'],
      ['one is incomplete', { filters: [gapped('shop', 'row_limit'), trending] }, '(1) Not right', '/page-warn.svg'],
      ['it is late', later(2), '(1) Late', '/page-bad.svg'],
      [
        'two troubles and a late run',
        { ...later(2), filters: [filterDataOf('a', { missed: 1 })], files: [{ where: 'a.yaml', text: 'no' }] },
        '(3) Late',
        '/page-bad.svg',
      ],
    ];
    for (const [state, given, title, icon] of states)
      assert.deepEqual(headOf(homePage(pageDataOf(given), {})), [`${title} – sentry-monitor`, icon], state);
    assert.deepEqual(headOf(filtersPage(pageDataOf(later(1)), {})), ['(1) Filters – sentry-monitor', '/page-bad.svg']);
  });

  it('leads to the others, of the same range and instant, and tells which one it is', () => {
    const at = START - FIVE;
    for (const [name, page] of Object.entries(PAGES)) {
      const text = page(pageDataOf(), { range: '24h', at, q: 'x', sort: 'now', open: ['crm'] });
      const nav = /<nav class="pages" aria-label="Pages">[\s\S]*?<\/nav>/.exec(text)![0];
      const kept = '?range=24h&amp;at=2026-11-20T09%3A55%3A00.000Z';
      assert.deepEqual(linksIn(nav), [`/${kept}`, `/filters${kept}`, `/issues${kept}`, `/status${kept}`]);
      assert.deepEqual(
        [...nav.matchAll(/aria-current="page">(\w+)</g)].map(([, current]) => current),
        [name],
      );
      assert.match(text, /<main id="main" tabindex="-1">/);
      assert.match(textIn(text), /This is the past: 20 Nov|This is the past: /);
    }
  });

  it('says what of the address was not taken, as text', () => {
    for (const page of Object.values(PAGES))
      assert.match(page(pageDataOf({ faults: ['range is not taken: <b>'] }), {}), /range is not taken: &lt;b&gt;/);
  });

  it('has on paper its address and date', () => {
    const text = filtersPage(pageDataOf(), { range: '7d', q: 'a&b' });
    assert.match(
      text,
      /<p class="printed">Printed from <bdi>\/filters\?range=7d&amp;q=a%26b<\/bdi>, as of 2026-11-20 10:07 UTC\.<\/p>/,
    );
    assert.match(textIn(text), /Served by sentry-monitor on the host host-1 \./);
  });
});

describe('each page', () => {
  it('is loaded anew without script, but for one that says nothing that could grow old', () => {
    const refresh = /<noscript><meta http-equiv="refresh" content="60"><\/noscript>/;
    for (const page of Object.values(PAGES)) assert.match(page(pageDataOf(), {}), refresh);
    assert.doesNotMatch(notFoundPage(), refresh);
  });

  it('says where its numbers come from: of some bars Sentry itself', () => {
    const told: Slot = { ...slotOf(0, 4), counted: 0, from: 'source' };
    const filters = [filterDataOf('a'), filterDataOf('b', { windows: [told] })];
    const from =
      /Counts come from the ledger, over all servers, and before its first count from Sentry’s own time series;/;
    for (const page of Object.values(PAGES)) {
      assert.match(textIn(page(pageDataOf({ filters }), {})), from);
      assert.doesNotMatch(textIn(page(pageDataOf(), {})), /Sentry’s own time series/);
    }
  });
});

describe('the page of filters', () => {
  it('has each of them in one table, troubled first', () => {
    const filters = [...Array.from({ length: 90 }, (_, n) => filterDataOf(`f-${n}`)), uncountedOf('lost')];
    const text = filtersPage(pageDataOf({ filters }), {});
    const names = filtersIn(text);
    assert.deepEqual([names.length, new Set(names).size, names[0]], [91, 91, 'lost']);
  });

  it('has bars of three times the length for more than two hundred, and says so', () => {
    const windows = [slotOf(0, 1), slotOf(1, 2), slotOf(2, 4), slotOf(3, 8), null, slotOf(5, 1), null, null, null];
    const of = (count: number): string =>
      filtersPage(
        pageDataOf({ filters: Array.from({ length: count }, (_, n) => filterDataOf(`f-${n}`, { windows })) }),
        {},
      );
    assert.deepEqual(countsIn(of(200), 'f-0'), ['1', '2', '4', '8', '-', '1', '-', '-', '-']);
    const text = of(201);
    assert.deepEqual(countsIn(text, 'f-0'), ['7', '9+', '-']);
    assert.equal(cells(text, 'filter', 'f-0')[4], '9');
    assert.match(textIn(text), /Peak events in 15 min/);
  });

  it('tells of such a bar that Sentry says it only where nothing of it was counted', () => {
    const told = { from: 'source', counted: 0 } as const;
    const windows = [0, 1, 2, 3].map((n): Slot => ({ ...slotOf(n, 4), ...told })).concat(slotOf(4, 4), slotOf(5, 4));
    const text = filtersPage(
      pageDataOf({ filters: Array.from({ length: 201 }, (_, n) => filterDataOf(`f-${n}`, { windows })) }),
      {},
    );
    assert.deepEqual(countsIn(text, 'f-0'), ['12', '12']);
    const row = text.slice(text.indexOf('data-filter="f-0"'));
    assert.match(row, /<path class="told" d="M0 32v-32h2v32"\/>/);
    assert.match(row, /<path class="bars" d="M3 32v-32h2v32"\/>/);
  });
});

describe('the page of issues', () => {
  const issue = (id: string, given: object): ReturnType<typeof issueOf> =>
    issueOf({ issueId: id, project: 'web', ...given });

  it('has each issue once a team, those that trend first, with all filters that see it', () => {
    const shared = issue('1', { events: 5 });
    const filters = [
      filterDataOf('a', {
        team: 'crm',
        report: seenOf('a', { issues: [shared, issue('2', { trending: true, score: 5 })] }),
      }),
      filterDataOf('b', { team: 'crm', report: seenOf('b', { issues: [{ ...shared, events: 9 }] }) }),
      filterDataOf('c', { report: seenOf('c', { issues: [shared] }) }),
    ];
    const text = issuesPage(pageDataOf({ filters }), {});
    assert.deepEqual(
      [...text.matchAll(/data-issue="(\d+)"/g)].map(([, id]) => id),
      ['2', '1', '1'],
    );
    assert.deepEqual(cells(text, 'issue', '1').slice(1, 4), ['web b , a', 'ongoing', '9']);
  });

  it('says how many it does not show', () => {
    const issues = Array.from({ length: 350 }, (_, n) => issue(String(n), { events: 350 - n }));
    const text = issuesPage(pageDataOf({ filters: [filterDataOf('a', { report: seenOf('a', { issues }) })] }), {});
    assert.equal([...text.matchAll(/data-issue="/g)].length, 300);
    assert.match(textIn(text), / 50 more issues are not shown, those with the lowest scores\./);
    const over = homePage(
      pageDataOf({
        filters: [
          filterDataOf('a', { report: seenOf('a', { issues: issues.map((it) => ({ ...it, trending: true })) }) }),
        ],
      }),
      {},
    );
    assert.match(textIn(over), / 330 more issues trend: all issues /);
  });

  it('leaves out those with the lowest scores, of whatever team', () => {
    const many = (first: number, score: number): readonly ReportIssue[] =>
      Array.from({ length: 15 }, (_, n) => issue(String(first + n), { trending: true, score: score + n }));
    const filters = [
      filterDataOf('a', { team: 'crm', report: seenOf('a', { issues: many(100, 5) }) }),
      filterDataOf('z', { team: 'shop', report: seenOf('z', { issues: many(200, 50) }) }),
    ];
    const text = homePage(pageDataOf({ filters }), {});
    const shown = [...text.matchAll(/data-issue="(\d+)"/g)].map(([, id]) => Number(id));
    const best = [114, 113, 112, 111, 110, ...Array.from({ length: 15 }, (_, n) => 214 - n)];
    assert.deepEqual(shown, best, 'five of crm, all of shop');
  });

  it('says that no filter matches, not that there is no issue', () => {
    const text = textIn(issuesPage(pageDataOf({ filters: [trending] }), { q: 'zzz' }));
    assert.match(text, / 0 of 1 filters match\. show all No filter matches\. /);
    assert.doesNotMatch(text, /lists an issue/);
  });

  it('calls one whose title shows nothing by its number, so that its link can be pressed', () => {
    for (const title of ['', ' ', '\u200b\u202e', '\u0000']) {
      const report = seenOf('a', {
        issues: [issue('7', { details: detailsOf({ title, shortId: 'WEB-7' }), trending: true })],
      });
      const data = pageDataOf({ filters: [filterDataOf('a', { report })] });
      assert.match(issuesPage(data, {}), /title="WEB-7">WEB-7<\/bdi>/);
      assert.match(textIn(homePage(data, {})), / Most unusual: WEB-7 in /);
    }
  });

  it('explains what is expected, and the score', () => {
    const text = textIn(issuesPage(pageDataOf({ filters: [trending] }), {}));
    assert.match(text, / Expected: the events that the issue’s own past lets one expect in five minutes/);
    assert.match(text, / Score: how far the count lies above that, in standard deviations/);
  });

  it('keeps a long title to two lines, whole in its title, and never cuts a word', () => {
    const secret = `key-${'s'.repeat(40)}`;
    const title = `${'word '.repeat(97)}${secret} ${'tail '.repeat(2000)}`.trim();
    const report = seenOf('a', { issues: [issue('1', { details: detailsOf({ title }), trending: true })] });
    const text = issuesPage(pageDataOf({ filters: [filterDataOf('a', { report })] }), {});
    const [, whole, shown] = /<bdi class="clamp" title="([^"]*)">([^<]*)<\/bdi>/.exec(text)!;
    assert.equal(whole, title);
    assert.ok(shown!.length <= 502);
    assert.ok(
      shown!.split(' ').every((word) => ['word', secret, 'tail', '…'].includes(word)),
      shown,
    );
  });
});

describe('the page of the status', () => {
  it('has the places that verdicts lead to', () => {
    const text = statusPage(pageDataOf(), {});
    const { sinks, runs, files, ledger } = placesOf({});
    for (const { href } of [sinks, runs, files, ledger]) {
      const [path, id] = href.split('#');
      assert.equal(path, '/status');
      assert.ok(text.includes(` id="${id!}"`), href);
    }
  });

  it('says what this server is, what sinks took, which runs there were, and which files are faulty', () => {
    const files = [
      { where: 'a.yaml:3', text: 'unknown key <x>' },
      { where: 'b.yaml', text: 'no', since: LOOK - 12 * FIVE },
    ];
    const text = statusPage(pageDataOf({ files }), {});
    const said = textIn(text);
    assert.match(
      said,
      / Server host-1 , since 09:07 UTC Ledger in use; servers that share it act as one Filters in force 2 Sends to anodot, newrelic /,
    );
    assert.deepEqual(cells(text, 'sink', 'anodot').slice(1, 3), ['2 of 2 reports whole', '6']);
    assert.deepEqual(cells(text, 'run', 'run-1').slice(0, 2), ['host-1', '10:00–10:05']);
    assert.match(
      cells(text, 'file', 'a.yaml:3').join(' | '),
      /^! a\.yaml:3 \| unknown key <x> .* \| its filters are left out$/,
    );
    assert.match(cells(text, 'file', 'b.yaml').join(' | '), / \| the text of 09:07 UTC is in force$/);
  });
});
