import assert from 'node:assert/strict';
import { sentry } from '../../../../../src/integrations/sources/sentry/index.ts';
import { sourceContract } from '../../../../contract/source.ts';
import type { depsOf } from '../../../../support/build/deps.ts';
import { START } from '../../../../support/build/reports.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createPages, event, events, issueList, page } from '../../../../support/sentry/pages.ts';
import { askOf, issue, projects, readAll, readOne, TOKEN } from '../../../../support/sentry/sentry.ts';

const two = { title: 'Oops: two', metadata: { value: 'two' }, groupID: '8' };
const list = [issue('7'), issue('8')];

/** Five events of the filter `one` and seven of `two`, the newest first. */
function serveBoth(): void {
  events(
    'crm-web',
    null,
    page([...Array.from({ length: 5 }, () => event('04:00')), ...Array.from({ length: 7 }, () => event('03:00', two))]),
  );
  events('crm-api', null, page([]));
}

describe('Sentry read by pages', () => {
  sourceContract({
    name: 'sentry',
    secrets: [TOKEN],
    refused: { query: 'release:1.*' },
    create: (deps) => createPages({}, deps as ReturnType<typeof depsOf>),
    serveTwo: () => {
      projects();
      serveBoth();
      issueList('crm-web', null, page(list));
    },
    serveOneRefuseTwo: () => {
      projects();
      serveBoth();
      issueList('crm-web', null, page(list));
    },
    serveTotals: () => {
      projects();
      serveBoth();
    },
    serveWithoutGone: () => {
      projects();
      serveBoth();
      issueList('crm-web', null, page(list));
    },
    refuseAll: (words) => void projects({ status: 401, body: { detail: words } }),
    hang: (asked) =>
      void projects(() => {
        asked();
        return new Promise<never>(() => undefined);
      }),
  });

  it('says so in its readings, and counts events, users, issues and tags', async () => {
    projects();
    events(
      'crm-web',
      null,
      page([
        event('04:59', { user: { id: '1' }, tags: [{ key: 'region', value: 'eu' }] }),
        event('04:00', { user: { id: '1' }, tags: [{ key: 'region', value: 'us' }] }),
        event('03:00', { user: { email: 'a@example.com' }, groupID: '9', tags: [{ key: 'region', value: 'eu' }] }),
        event('02:00', { user: null, tags: [{ key: 'region', value: 'eu' }] }),
        event('00:00', { groupID: null }),
      ]),
    );
    issueList(
      'crm-web',
      null,
      page([
        issue('7', { title: 'seven', firstSeen: '2026-11-20T10:02:00Z', lifetime: undefined }),
        issue('9', { permalink: 'Not implemented', substatus: undefined, count: '12' }),
      ]),
    );
    const reading = await readOne({ tags: ['region'] }, createPages());
    assert.equal(reading.source, 'sentry-pages');
    assert.deepEqual(reading.totals, [{ project: 'crm-web', projectId: '11', events: 5, users: 3 }]);
    const url = 'https://sentry.io/organizations/acme/issues';
    assert.deepEqual(reading.issues, [
      { issueId: '7', project: 'crm-web', url: `${url}/7/`, events: 3, users: 1 },
      { issueId: '9', project: 'crm-web', url: `${url}/9/`, events: 1, users: 1 },
    ]);
    assert.deepEqual(
      reading.splits.map(({ issueId, tags, events: count }) => [issueId, tags, count]),
      [
        ['7', { region: 'eu' }, 2],
        ['7', { region: 'us' }, 1],
        ['9', { region: 'eu' }, 1],
      ],
    );
    assert.deepEqual(
      [reading.unattributed, reading.gaps.map(({ part, reason }) => [part, reason])],
      [1, [['issues', 'rows_differ']]],
    );
    assert.deepEqual(
      [
        reading.details.get('7')?.firstSeen,
        reading.details.get('7')?.title,
        reading.details.get('9')?.url,
        reading.details.get('9')?.substatus,
      ],
      [START + 120_000, 'seven', null, null],
    );
    assert.equal(reading.url, `${url}/?project=11`);
  });

  it('looks at its window only, event by event, and ends at a page that is older', async () => {
    projects();
    events('crm-web', null, page([event('05:00'), event('04:59.900'), event('00:01'), event('00:00')], 'a'));
    events(
      'crm-web',
      'a',
      page(
        [
          event('00:00', { dateCreated: '2026-11-20T09:59:59.999Z' }),
          event('00:02'),
          event('00:00', { dateCreated: '2026-11-20T09:59:59Z' }),
        ],
        'b',
      ),
    );
    events('crm-web', 'b', page([event('00:00', { dateCreated: '2026-11-20T09:59:58Z' })], 'c'));
    issueList('crm-web', null, page(list));
    const { totals, gaps } = await readOne({}, createPages());
    assert.deepEqual([totals[0]?.events, gaps], [4, []]);
  });

  it('by arrival: a late event among newer ones counts, and one whose clock ran ahead is looked for a minute further', async () => {
    const glitch = (at: string, received: string, given: object = {}): object => ({
      ...event(at, given),
      groupID: undefined,
      issue: 7,
      dateReceived: `2026-11-20T${received}Z`,
    });
    projects();
    events(
      'crm-web',
      null,
      page([glitch('03:00', '10:06:00'), glitch('05:30', '10:05:40'), glitch('00:10', '10:00:05')], 'a'),
    );
    events(
      'crm-web',
      'a',
      page([glitch('00:20', '09:59:30'), glitch('00:00', '09:59:10', { dateCreated: '2026-11-20T09:59:10Z' })], 'b'),
    );
    events('crm-web', 'b', page([glitch('00:00', '09:58:50', { dateCreated: '2026-11-20T09:58:50Z' })], 'c'));
    issueList('crm-web', null, page(list, 'glitchtip'));
    const { totals, gaps } = await readOne({}, createPages());
    assert.deepEqual([totals[0]?.events, gaps], [3, []]);
  });

  it('counts an event once that shifting pages show twice', async () => {
    const [one, other, third] = [event('04:00'), event('03:00'), event('02:00')];
    projects();
    events('crm-web', null, page([one, other], 'a'));
    events('crm-web', 'a', page([other, one, third]));
    issueList('crm-web', null, page(list));
    assert.equal((await readOne({}, createPages())).totals[0]?.events, 3);
  });

  it('counts it once also when many pages lie between', async () => {
    const first = event('04:00');
    projects();
    const all = Array.from({ length: 300 }, () => event('03:00'));
    events('crm-web', null, page([first, ...all.slice(0, 99)], 'a'));
    events('crm-web', 'a', page(all.slice(99, 199), 'b'));
    events('crm-web', 'b', page(all.slice(199, 299), 'c'));
    events('crm-web', 'c', page([first, ...all.slice(0, 99)], 'd'));
    events('crm-web', 'd', page([all[299]]));
    issueList('crm-web', null, page(list));
    assert.equal((await readOne({}, createPages())).totals[0]?.events, 301);
  });

  it('reads each project once, whatever the number of filters, and its issues too', async () => {
    projects();
    const calls = events('crm-web', null, page([event('04:00'), event('03:00', two)]));
    const lists = issueList('crm-web', null, page(list));
    const asks = ['one', 'two', 'o'].map((term) => askOf({ name: `f-${term}`, searchTerms: [term] }));
    const answers = await readAll(createPages(), asks);
    assert.deepEqual(
      answers.map((it) => 'reading' in it && [it.ask.filter.name, it.reading.totals[0]?.events]).toSorted(),
      [
        ['f-o', 2],
        ['f-one', 1],
        ['f-two', 1],
      ],
    );
    assert.deepEqual([calls.length, lists.length], [1, 1]);
  });

  it('has no past to judge trends by, and says so unless nobody wants it', async () => {
    projects();
    events('crm-web', null, page([event('04:00')]));
    issueList('crm-web', null, page(list));
    const scope = scopeOf();
    const source = createPages({ TREND_BASELINES: '1h,7d' });
    const { gaps } = await readOne({}, source, scope);
    assert.deepEqual(
      gaps.map(({ part, reason }) => [part, reason]),
      [['baselines', 'not_supported']],
    );
    assert.match(gaps[0]?.detail ?? '', /^1h, 7d: sentry-pages reads events one by one/);
    assert.deepEqual(
      scope.log.lines.filter(({ text }) => text === 'gap').map(({ level }) => level),
      ['debug'],
      'no news every five minutes',
    );
  });

  it('refuses a raw query: at start where it is known, else in the run, and the others are read', async () => {
    const configured = sentry.read({ SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: TOKEN, SENTRY_SOURCE: 'pages' });
    const raw = askOf({ name: 'raw', query: 'release:1.*' });
    assert.deepEqual(
      configured.vet([raw.filter, askOf().filter]).map(({ filter, key }) => [filter, key]),
      [['raw', 'query']],
    );
    projects();
    events('crm-web', null, page([event('04:00')]));
    issueList('crm-web', null, page(list));
    const answers = await readAll(createPages(), [raw, askOf({ name: 'plain' })]);
    assert.deepEqual(
      answers
        .map((it) => [it.ask.filter.name, 'fault' in it ? it.fault.message.slice(0, 43) : it.reading.totals[0]?.events])
        .toSorted(),
      [
        ['plain', 1],
        ['raw', 'sentry-pages: this server has no search of '],
      ],
    );
  });
});
