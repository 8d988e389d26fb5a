import assert from 'node:assert/strict';
import type { KeptSample } from '../../../../src/core/ports/events/event-store.ts';
import { issuePage, type IssuePage } from '../../../../src/server/pages/issues/one/page.ts';
import { readIssue, type IssueSeen } from '../../../../src/server/pages/issues/one/read.ts';
import { filterOf, issueOf } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore, type FakeStore } from '../../../support/events/fake-store.ts';
import { filterDataOf, pageDataOf, seenOf } from '../../../support/pages/page-data.ts';
import { linksIn, textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FILTERS = [filterOf({ name: 'shop', projects: ['web'] }), filterOf({ name: 'back', projects: ['api'] })];

describe('what is known of an issue', () => {
  let store: FakeStore;
  let looked: readonly string[];
  beforeEach(() => {
    store = fakeStore();
    looked = [];
  });
  const read = (issueId: string, view = {}) =>
    readIssue(issueId, view, {
      events: { store, projects: ['web', 'api'] },
      alerting: undefined,
      filters: FILTERS,
      now: NOW,
      collect: async (filters) => {
        looked = filters.map(({ name }) => name);
        const report = seenOf('shop', { issues: [issueOf({ issueId: '7', events: 4 })] });
        return pageDataOf({ filters: filters.map(({ name }) => filterDataOf(name, { report })) });
      },
    });

  it('is counted by day, today last, with the users of a day and of all that is kept', async () => {
    const at = (days: number, n: number) =>
      eventOf(`${days}-${n}`, { at: NOW - days * DAY, issueId: 'a', user: `id:${n}` });
    store.put('web', at(0, 1), at(0, 2), at(3, 3), at(20, 4), at(40, 5));
    const { stored, filters } = (await read('a'))!;
    const events = stored!.days.slots.map((slot) => slot.events);
    assert.deepEqual([events.length, events.at(-1), events.at(-4), events.at(-21)], [30, 2, 1, 1]);
    assert.equal(
      events.reduce((sum, it) => sum + it, 0),
      4,
    );
    assert.deepEqual(stored!.users, { day: 2, kept: 3 });
    assert.deepEqual([filters, looked], [['shop'], ['shop']], 'those that look at its project');
  });

  it('is of the intake that was asked for, else of the one with the newest event', async () => {
    store.put('web', eventOf('1', { issueId: 'a', at: NOW - HOUR }));
    store.put('api', eventOf('2', { issueId: 'a', at: NOW - 2 * HOUR }));
    const projects = async (view = {}) => {
      const { stored, others } = (await read('a', view))!;
      return [stored!.issue.project, ...others];
    };
    assert.deepEqual(await projects(), ['web', 'api']);
    assert.deepEqual(await projects({ project: 'api' }), ['api', 'web']);
    assert.deepEqual(await projects({ project: 'no' }), ['web', 'api']);
  });

  it('is in the last window’s reports, where no intake has it', async () => {
    const { stored, reported } = (await read('7'))!;
    assert.deepEqual(
      [stored, reported.map(({ filter, issue }) => [filter.name, issue.events])],
      [
        null,
        [
          ['shop', 4],
          ['back', 4],
        ],
      ],
    );
    assert.equal(await read('8'), null);
  });
});

const SAMPLE: KeptSample = {
  ...{ which: 'newest', at: NOW - HOUR, eventId: 'e-9', release: 'shop@2', environment: 'production', user: 'id:5' },
  tags: { browser: '<b>Firefox</b>' },
  sample: {
    text: 'one\n  two </pre><script>',
    frames: Array.from({ length: 10 }, (_, n) => ({
      module: `m${n}.js`,
      function: n === 9 ? null : `f${n}`,
      line: n,
      column: 2,
    })),
    context: ['GET /', 'POST /pay'],
  },
};

const NONE = { issues: [], isMore: false };

const NO_TICKETS = { project: 'web', tickets: [], hasTickets: false };

function seen(given: Partial<IssueSeen> = {}): IssueSeen {
  const slots = Array.from({ length: 30 }, (_, n) => ({
    start: NOW - (30 - n) * DAY,
    events: n,
    complete: true,
    revision: 0,
  }));
  const issue = { issueId: 'a', project: 'web', title: 'Error: <x>', culprit: 'cart.js', level: 'error', url: null };
  const times = { first: NOW - 9 * DAY, last: NOW - HOUR };
  const days = { span: { start: NOW - 30 * DAY, end: NOW }, slots };
  const samples = [{ ...SAMPLE, which: 'first' as const, release: 'shop@1' }, SAMPLE];
  const stored = {
    issue: { ...issue, ...times },
    days,
    users: { day: 2, kept: 7 },
    keptMs: 14 * DAY,
    samples,
    alike: NONE,
  };
  return {
    issueId: 'a',
    stored,
    others: [],
    reported: [],
    filters: ['shop'],
    alerts: null,
    hiddenBy: null,
    ...NO_TICKETS,
    ...NONE,
    ...given,
  };
}

function pageOf(data: IssuePage['data'], given: Partial<IssuePage> = {}): string {
  const around = { view: {}, faults: [], now: NOW, server: 'host-1', hasMessages: false, hasActions: false };
  return issuePage({ ...around, data, ...given });
}

describe('the page of an issue', () => {
  it('tells what it is, how often, to whom, since when', () => {
    const text = textIn(pageOf(seen()));
    for (const said of [
      'Error: <x>',
      'Events today 29 182 in 7 days',
      'Users 2 in 24 h, 7 in 14 days',
      'First event 11 Nov 10:02 UTC',
      'First release shop@1 Newest release shop@2',
      'Where cart.js Project web Filters shop Id a',
    ])
      assert.ok(text.includes(said), said);
    const none = pageOf(seen({ stored: { ...seen().stored!, users: { day: null, kept: null } } }));
    assert.match(textIn(none), /Users not counted, too many events/);
    const day = pageOf(seen({ stored: { ...seen().stored!, users: { day: 3, kept: null } } }));
    assert.match(textIn(day), /Users 3 in 24 h First event/);
  });

  it('has the calls of its newest event, the newest first, the older ones folded', () => {
    const text = pageOf(seen());
    const calls = [...text.matchAll(/<li><code>([^]*?)<\/code>/g)].map(([, call]) => textIn(call!));
    assert.deepEqual(calls.slice(0, 2), ['<anonymous> in m9.js:9:2', 'f8 in m8.js:8:2']);
    assert.equal(calls.length, 10);
    assert.match(text, /<summary>2 older calls<\/summary>\s*<ol class="frames" start="9">/);
    assert.match(text, /one\n {2}two &lt;\/pre&gt;&lt;script&gt;/);
    assert.match(text, /GET \/\nPOST \/pay/);
    assert.match(textIn(text), /environment production release shop@2 user id:5 browser <b>Firefox<\/b>/);
  });

  it('leads to its vendor, to the same id elsewhere, and to muting for who may act', () => {
    const issue = { ...seen().stored!.issue, url: 'https://sentry.example.com/issues/1/' };
    const stored = { ...seen().stored!, issue };
    const links = linksIn(pageOf(seen({ stored, others: ['api'] }), { hasActions: true }));
    for (const link of [issue.url, '/issues/a?project=api', '/act/mute?issue=a']) assert.ok(links.includes(link), link);
    const evil = pageOf(seen({ stored: { ...stored, issue: { ...issue, url: 'javascript:alert(1)' } } }));
    assert.doesNotMatch(evil, /javascript:/);
    assert.doesNotMatch(evil, /\/act\/mute/);
  });

  it('says who left it out of lists, and leads to that and back', () => {
    const open = { hasActions: true };
    assert.ok(linksIn(pageOf(seen(), open)).includes('/act/hide?issue=a'));
    const until = { kind: 'instant', at: NOW + 7 * DAY } as const;
    const hiddenBy = {
      id: 'm-1',
      what: { kind: 'page', name: 'a' },
      until,
      why: '<old>',
      since: NOW,
      by: 'ann',
    } as const;
    const text = pageOf(seen({ hiddenBy }), open);
    assert.match(textIn(text), /Lists leave it out until 27 Nov 10:02 UTC, by ann : <old>/);
    assert.ok(linksIn(text).includes('/act/unmute?mute=m-1'));
    assert.doesNotMatch(text, /act\/hide/);
    assert.doesNotMatch(pageOf(seen({ hiddenBy })), /\/act\//, 'for who may only look');
  });

  it('of Sentry says what the last window says', () => {
    const issue = issueOf({ issueId: 'a', events: 52, users: 31, trending: true, state: 'surging', project: 'crm' });
    const text = textIn(pageOf(seen({ stored: null, reported: [{ issue, filter: filterDataOf('shop') }] })));
    assert.match(text, /Now 52 events, 31 users in 5 min State surging .*Project crm Filters shop/);
    assert.doesNotMatch(text, /Newest event/);
  });

  it('says why nothing is known', () => {
    assert.match(textIn(pageOf({ unread: 'The ledger is away.' })), /Issues are not known .*The ledger is away\./);
  });
});

describe('issues like another, on its page', () => {
  const alike = {
    isMore: true,
    issues: [
      { project: 'api', issueId: 'b/1', likeness: 'exact' as const, title: 'KeyError: <cart>', newest: SAMPLE },
      { project: 'web', issueId: 'c', likeness: 'similar' as const, title: '', newest: { ...SAMPLE, sample: null } },
    ],
  };
  const link = 'https://logs.example.com/events?centered_on_id=700594297938165774';
  const lined = { ...SAMPLE, sample: { ...SAMPLE.sample!, link } };
  const shown = (given: Partial<NonNullable<IssueSeen['stored']>>) =>
    pageOf(seen({ stored: { ...seen().stored!, ...given } }));

  it('are told with the lines before their newest event, and lead to their pages', () => {
    const page = shown({ alike });
    const text = textIn(page);
    assert.match(text, /Similar issues by their words, newest first/);
    assert.match(text, /KeyError: <cart> api Lines before GET \/ POST \/pay the same 09:02 UTC c web but for/);
    assert.match(text, /There are older ones, which are not shown here\./);
    for (const there of ['/issues/b%2F1?project=api', '/issues/c?project=web'])
      assert.ok(linksIn(page).includes(there), there);
    assert.doesNotMatch(textIn(pageOf(seen())), /Similar issues/);
  });

  it('lead to the line at the log’s vendor, as its own newest event does', () => {
    const found = [{ ...alike.issues[0]!, newest: lined }];
    const page = shown({ alike: { issues: found, isMore: false }, samples: [lined] });
    assert.equal(linksIn(page).filter((it) => it === link).length, 2);
    const evil = { ...SAMPLE, sample: { ...SAMPLE.sample!, link: 'javascript:alert(1)' } };
    assert.doesNotMatch(shown({ alike: NONE, samples: [evil] }), /javascript:/);
  });
});
