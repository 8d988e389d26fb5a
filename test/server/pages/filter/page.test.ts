import assert from 'node:assert/strict';
import { emptyFilter, type Filter } from '../../../../src/core/model/filter.ts';
import { NO_DETAIL, type Slot, type TagCount } from '../../../../src/server/pages/data/model.ts';
import { inWords } from '../../../../src/server/pages/filter/asks.ts';
import { filterPage } from '../../../../src/server/pages/filter/page.ts';
import { detailsOf, issueOf } from '../../../support/build/reports.ts';
import { FROM, madePage, type Made, slotsOf } from '../../../support/pages/made-filter.ts';
import { receiptOf, seenOf } from '../../../support/pages/page-data.ts';
import { cells, linksIn, textIn } from '../../../support/pages/read-page.ts';

const FIVE = 300_000;
const HOUR = 12 * FIVE;
const COUNTS = [3, 0, null, 5];

const textOf = (made: Partial<Made> = {}): string => filterPage(madePage({ windows: slotsOf(COUNTS), ...made }));
/** A section of the page, by the id of its heading; '' when there is none. */
const section = (text: string, id: string): string =>
  new RegExp(`<section aria-labelledby="${id}">[^]*?</section>`).exec(text)?.[0] ?? '';

describe('what a filter asks, in words', () => {
  const asked = (given: Partial<Filter>): string => textIn(inWords({ ...emptyFilter('shop', ['web']), ...given }).text);

  it('is one sentence with all that its file says', () => {
    assert.equal(asked({}), 'Events of web in all environments .'.replace(' .', '.'));
    assert.equal(
      asked({
        projects: ['web', 'api', 'jobs'],
        environments: ['production'],
        levels: ['error', 'fatal'],
        searchTerms: ['checkout', 'card "declined"'],
        exclude: ['health <check>'],
        query: 'release:1.4.*',
        tags: ['release', 'os.name'],
      }).replace(/ (?=[,.;”])|(?<=“) /g, ''),
      'Events of web, api and jobs in production, of level error or fatal, whose message has “checkout” or “card "declined"”, but not those with “health <check>”, that match release:1.4.*; split by release and os.name.',
    );
  });

  it('stands on its page, with Sentry’s query; of a filter that no file names, what is known', () => {
    const filter = { ...emptyFilter('shop', ['web']), place: { file: 'filters.yaml', line: 7, lines: {} } };
    const detail = { ...NO_DETAIL, asks: filter, query: 'level:error "<b>"' };
    const text = textOf({ page: { detail } });
    assert.match(
      text,
      /<details id="query"><summary>[^<]*<\/summary><p><code><bdi>level:error &quot;&lt;b&gt;&quot;<\/bdi><\/code><\/p>/,
    );
    assert.match(text, /It stands in <bdi>filters\.yaml:7<\/bdi>/);
    assert.match(textOf({ page: { detail: { ...detail, query: '' } } }), /Empty: every event of these projects/);
    const gone = textOf({ filter: { configured: false } });
    assert.match(textIn(gone), /Events of web \.? ?/);
    assert.match(gone, /No filters file of this server names it any more/);
  });
});

describe("a filter's page", () => {
  it('has the counts of the last window by project, also of one that was not read', () => {
    const report = seenOf('shop', {
      totals: [
        { project: 'web', projectId: '1', events: 1234, users: 88, issues: 17 },
        { project: 'api', projectId: '2', events: 0, users: 0, issues: null },
      ],
    });
    const text = textOf({ filter: { report, projects: ['web', 'api', 'jobs'] } });
    assert.deepEqual(cells(text, 'project', 'web'), ['web', '1,234', '17', '88']);
    assert.deepEqual(cells(text, 'project', 'api'), ['api', '0', '–', '0']);
    assert.deepEqual(cells(text, 'project', 'jobs'), ['jobs', '–', '–', '–']);
    assert.match(textIn(text), / Issues – /, 'how many there are together is not known');
  });

  it('has its issues with what is known of each, and how it went', () => {
    const issue = issueOf({
      issueId: '7',
      project: 'web',
      events: 3,
      details: detailsOf({
        issueId: '7',
        title: '<i>hot</i>',
        shortId: 'WEB-7',
        culprit: 'pay',
        level: 'error',
        status: 'ignored',
        substatus: 'archived_forever',
        firstSeen: FROM - HOUR,
      }),
    });
    const detail = { ...NO_DETAIL, issues: new Map([['7', [1, null, 0, 4]]]) };
    const part = section(
      textOf({ filter: { report: seenOf('shop', { issues: [issue] }) }, page: { detail } }),
      'issues',
    );
    assert.match(
      cells(part, 'issue', '7')[0]!,
      /^<i>hot<\/i> WEB-7 pay error ignored, archived forever first seen 09:00 UTC$/,
    );
    assert.match(part, /data-counts="1 - 0 4"/);
    assert.doesNotMatch(
      section(textOf({ filter: { report: seenOf('shop', { issues: [issue] }) } }), 'issues'),
      /data-counts/,
    );
  });

  it('has the split by its tags: each combination with its count, its share and its bar', () => {
    const asks = { ...emptyFilter('shop', ['web']), tags: ['release', 'os'] };
    const tags: readonly TagCount[] = [
      { tags: { release: '1.4', os: '<ios>' }, events: 600 },
      { tags: { release: '1.3' }, events: 398 },
      { tags: {}, events: 2 },
    ];
    const part = section(textOf({ page: { detail: { ...NO_DETAIL, asks, tags } } }), 'tags');
    assert.match(
      textIn(part),
      /^By release, os .* release 1\.4 os <ios> 600 60 % release 1\.3 398 40 % none of them 2 < 1 %$/,
    );
    assert.deepEqual(
      [...part.matchAll(/<rect class="bars" width="([\d.]+)%"/g)].map(([, width]) => width),
      ['100', '66.3', '0.3'],
    );
    const many = Array.from({ length: 20 }, (_, n) => ({ tags: { release: String(n) }, events: 20 - n }));
    assert.match(
      textOf({ page: { detail: { ...NO_DETAIL, asks, tags: many } } }),
      /<summary>12 more combinations<\/summary>/,
    );
    assert.match(textOf({ page: { detail: { ...NO_DETAIL, asks } } }), /Counts by tags were not kept/);
    assert.equal(section(textOf(), 'tags'), '', 'nothing of a filter without tags');
  });

  it('says what came late, newest first, and nothing where nothing did', () => {
    const late = [
      { start: FROM, first: 10, events: 12 },
      { start: FROM + FIVE, first: 5, events: 3 },
      { start: FROM + 3 * FIVE, first: null, events: 9 },
    ];
    const part = section(textOf({ page: { detail: { ...NO_DETAIL, late } } }), 'late');
    assert.match(textIn(part), /^Late events 3 windows changed .* 10:15 – 9 – 10:05 5 3 −2 10:00 10 12 \+2$/);
    assert.equal(section(textOf(), 'late'), '');
  });

  it('adds up what each sink took of the windows that are listed', () => {
    const details = new Map(
      [0, 1, 3].map((n) => [
        FROM + n * FIVE,
        {
          report: seenOf('shop'),
          receipts: [
            receiptOf('shop', 'anodot'),
            n === 1
              ? receiptOf('shop', 'newrelic', {
                  state: 'open',
                  receipt: { accepted: 0, refused: [], uncertain: 0, failed: 3, refs: [], error: 'answers 503' },
                })
              : receiptOf('shop', 'newrelic'),
          ],
        },
      ]),
    );
    const part = section(textOf({ page: { details } }), 'deliveries');
    assert.deepEqual(cells(part, 'sink', 'anodot').slice(0, 6), [
      '✓ anodot',
      '3 of 3 reports whole',
      '9',
      '0',
      '0',
      '0',
    ]);
    assert.deepEqual(cells(part, 'sink', 'newrelic').slice(0, 6), [
      '✕ newrelic',
      '2 of 3 reports whole',
      '6',
      '0',
      '0',
      '3',
    ]);
    assert.match(cells(part, 'sink', 'newrelic')[6]!, /^answers 503/);
  });

  it('has a row for each bar, which leads to the same search in Sentry', () => {
    const part = section(textOf(), 'windows');
    const rows = [...part.matchAll(/<tr data-window="([^"]*)">/g)].map(([, start]) => start);
    assert.deepEqual(
      rows,
      [3, 2, 1, 0].map((n) => new Date(FROM + n * FIVE).toISOString()),
    );
    assert.equal(
      linksIn(part)[0],
      `https://sentry.example.com/search?start=${FROM + 3 * FIVE}&amp;end=${FROM + 4 * FIVE}`,
    );
    assert.deepEqual(cells(part, 'window', rows[1]!).slice(0, 3), ['10:10 –10:15', '–', '! not counted']);
    assert.doesNotMatch(section(textOf({ filter: { searchUrl: () => null } }), 'windows'), /<a /);
  });

  it('of a longer range has a row an hour: how many windows of it were counted, and no receipts', () => {
    const [whole, broken, now] = slotsOf([7, 9, 2], HOUR) as Slot[];
    const windows = [whole!, { ...broken!, complete: false, counted: 11 }, { ...now!, counted: 3 }];
    const part = section(textOf({ windows, step: HOUR }), 'windows');
    assert.match(
      textIn(part),
      /^Windows of 60 min, .* Window Events State 12:00 –13:00 2 · under way 3 of 12 windows counted 11:00 –12:00 9 ! incomplete 11 of 12 windows counted 10:00 –11:00 7 ✓ complete$/,
    );
  });

  it('says of what Sentry told no more than that: it is not under way', () => {
    const [told, part] = slotsOf([7, 9]) as Slot[];
    const windows = [
      { ...told!, counted: 0, from: 'source' as const },
      { ...part!, counted: 0, from: 'source' as const, complete: false },
    ];
    assert.match(
      textIn(section(textOf({ windows }), 'windows')),
      / 9 · told by Sentry, not counted here, incomplete – – 10:00 –10:05 7 · told by Sentry, not counted here – –$/,
    );
  });

  it('is named and stands in the navigation; its choices lead to itself', () => {
    const text = textOf({ page: { view: { range: '7d' } } });
    assert.match(text, /<title>(\(\d+\) )?shop – sentry-monitor<\/title>/);
    assert.match(text, /<a href="\/filters\/shop\?range=30d">30d<\/a>/);
    assert.match(text, /<a href="\/filters\?range=7d" aria-current="true">Filters<\/a>/);
  });
});
