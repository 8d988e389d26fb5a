import assert from 'node:assert/strict';
import type { Planted, Sandbox, SandboxEvent, SandboxOptions } from '../../../sandbox/index.ts';
import { box, NOW, sentry, table, TEN } from '../support.ts';

const SLOT = 300_000;
const DAY = 86_400_000;
const LATER = NOW + 3_600_000;

async function lively(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await box({ story: 'lively', ...options });
  sandbox.world.clock.set(LATER);
  return sandbox;
}

async function slot(
  options: { seed?: number; epoch?: number; orphans?: number },
  start = TEN,
): Promise<SandboxEvent[]> {
  const sandbox = await lively(options);
  const events = sandbox.world.events(start, start + SLOT);
  await sandbox.close();
  return events;
}

function countOf(sandbox: Sandbox, planted: Planted, slots: number): number {
  const events = sandbox.world.events(planted.start + slots * SLOT, planted.start + (slots + 1) * SLOT);
  return events.filter((event) => event.issueId === planted.issue).length;
}

describe('sandbox: the story', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await lively();
  });
  after(() => sandbox.close());

  it('is the same for the same seed, another for another', async () => {
    const [one, same, other] = [await slot({ seed: 3 }), await slot({ seed: 3 }), await slot({ seed: 4 })];
    assert.deepEqual(one, same);
    assert.notDeepEqual(one, other);
    assert.ok(one.length > 100 && one.length < 700, String(one.length));
  });

  it('does not depend on what was looked at before', async () => {
    const fresh = await slot({});
    for (let i = 1; i < 700; i++) sandbox.world.events(TEN - i * SLOT, TEN - (i - 1) * SLOT);
    assert.deepEqual(sandbox.world.events(TEN, TEN + SLOT), fresh);
  });

  it('shifts with its epoch, by whole slots', async () => {
    const plain = await slot({});
    const shifted = await slot({ epoch: 7 * SLOT + 5 }, TEN + 7 * SLOT);
    assert.deepEqual(
      shifted.map((event) => [event.id, event.at - 7 * SLOT]),
      plain.map((event) => [event.id, event.at]),
    );
  });

  it('has six projects, of which one is quiet and one empty', () => {
    const counts = new Map<string, number>();
    for (const event of sandbox.world.events(TEN - DAY, TEN))
      counts.set(event.projectId, (counts.get(event.projectId) ?? 0) + 1);
    const bySlug = Object.fromEntries(sandbox.world.projects().map((one) => [one.slug, counts.get(one.id) ?? 0]));
    assert.deepEqual(Object.keys(bySlug), ['web', 'api', 'mobile', 'worker', 'quiet', 'empty']);
    for (const slug of ['web', 'api', 'mobile', 'worker']) assert.ok((bySlug[slug] ?? 0) > 1000, slug);
    assert.ok((bySlug['quiet'] ?? 0) > 0 && (bySlug['quiet'] ?? 0) < 100);
    assert.equal(bySlug['empty'], 0);
  });

  it('has hostile titles, several titles within an issue, users, environments and tags', () => {
    const events = sandbox.world.events(TEN - DAY, TEN);
    const titles = new Set(events.map((event) => event.title));
    const some = (test: (title: string) => boolean): boolean => [...titles].some(test);
    for (const part of ['🛒', '\u202E', '<script>', '\n', '"quoted"', '%', 'C:\\temp', 'SELECT *', '\uD83D and']) {
      assert.ok(
        some((title) => title.includes(part)),
        JSON.stringify(part),
      );
    }
    assert.ok(some((title) => title.length > 5000));
    const perIssue = new Map<string | null, Set<string>>();
    for (const event of events)
      perIssue.set(event.issueId, (perIssue.get(event.issueId) ?? new Set()).add(event.title));
    assert.ok([...perIssue.values()].some((set) => set.size === 3));
    assert.deepEqual(
      [...new Set(events.map((event) => event.environment))].sort(),
      [null, 'production', 'staging'].sort(),
    );
    assert.ok(events.some((event) => event.user === null) && new Set(events.map((event) => event.user)).size > 100);
    assert.ok(events.some((event) => event.tags['browser.name'] === 'Firefox'));
    assert.ok(events.some((event) => event.tags['shard'] === undefined));
  });

  it('survives JSON with half a surrogate', async () => {
    const { status, text, body } = await sentry(
      sandbox,
      'organizations/acme/events/?dataset=errors&project=-1&field=title&field=count()&query=surely%20OR%20message:%22half%20an%20emoji%22&statsPeriod=7d',
    );
    assert.equal(status, 200);
    assert.match(text, /half an emoji \\ud83d and/);
    assert.ok(body.data.length === 1);
  });

  it('has a daily cycle', () => {
    const at = (hour: number): number =>
      sandbox.world.events(
        TEN - 10 * 3_600_000 + hour * 3_600_000 - DAY,
        TEN - 10 * 3_600_000 + (hour + 1) * 3_600_000 - DAY,
      ).length;
    assert.ok(at(15) > 1.5 * at(3), `${String(at(15))} at three in the afternoon, ${String(at(3))} at night`);
  });

  it('has events that arrive late', async () => {
    const seen = async (now: number): Promise<number> => {
      sandbox.world.clock.set(now);
      return (await table(sandbox, 'field=count()')).body.data[0]['count()'];
    };
    const [settled, atEnd, all] = [await seen(TEN + SLOT + 120_000), await seen(TEN + SLOT), await seen(LATER)];
    assert.ok(atEnd < settled && settled < all, `${String(atEnd)} < ${String(settled)} < ${String(all)}`);
    const latest = Math.max(...sandbox.world.events(TEN - DAY, TEN).map((event) => event.arrivedAt - event.at));
    assert.ok(latest > 120_000 && latest < 400_000, String(latest));
  });

  it('has events without an issue only when asked for', async () => {
    assert.equal((await slot({})).filter((event) => event.issueId === null).length, 0);
    assert.equal((await slot({ orphans: 4 })).filter((event) => event.issueId === null).length, 4);
  });

  it('names what it planted, and it is there', () => {
    const planted = sandbox.world.planted(TEN - 7 * DAY, TEN);
    const kinds = (kind: string): Planted[] => planted.filter((one) => one.kind === kind);
    assert.ok(
      kinds('surge').length >= 40 &&
        kinds('ramp').length >= 8 &&
        kinds('new').length >= 40 &&
        kinds('regressed').length >= 7,
    );
    for (const surge of kinds('surge')) {
      assert.ok(surge.rate > 4 * surge.usual && surge.rate > 20);
      const [before, during] = [countOf(sandbox, surge, -30), countOf(sandbox, surge, 0)];
      assert.ok(during > surge.rate * 0.4, `${String(before)}, then ${String(during)} of ${String(surge.rate)}`);
    }
    for (const fresh of kinds('new')) {
      assert.ok(countOf(sandbox, fresh, 0) >= 2);
      assert.equal(
        sandbox.world.events(fresh.start - DAY, fresh.start).some((event) => event.issueId === fresh.issue),
        false,
      );
    }
    for (const back of kinds('regressed')) {
      assert.ok(countOf(sandbox, back, 0) >= 3);
      assert.equal(
        sandbox.world.events(back.start - DAY, back.start).some((event) => event.issueId === back.issue),
        false,
      );
    }
  });

  it('knows its issues: first seen, substatus, short id', () => {
    const fresh = sandbox.world.planted(TEN - DAY, TEN).find((one) => one.kind === 'new');
    assert.ok(fresh !== undefined);
    const first = Math.min(
      ...sandbox.world
        .events(fresh.start, fresh.start + SLOT)
        .filter((event) => event.issueId === fresh.issue)
        .map((event) => event.at),
    );
    assert.equal(sandbox.world.issue(fresh.issue)?.firstSeen, first);
    assert.equal(sandbox.world.issue(fresh.issue)?.substatus, 'new');
    sandbox.world.clock.set(fresh.start - 1);
    assert.equal(sandbox.world.issue(fresh.issue), undefined);
    const back = sandbox.world.planted(TEN - 7 * DAY, TEN).find((one) => one.kind === 'regressed');
    assert.ok(back !== undefined);
    sandbox.world.clock.set(back.start + SLOT + 120_000);
    assert.equal(sandbox.world.issue(back.issue)?.substatus, 'regressed');
    sandbox.world.clock.set(back.start + 6 * DAY);
    assert.equal(sandbox.world.issue(back.issue)?.substatus, 'regressed', 'for seven days');
    sandbox.world.clock.set(back.start + 8 * DAY);
    assert.equal(sandbox.world.issue(back.issue)?.substatus, 'ongoing');
    sandbox.world.clock.set(back.start - 120_000);
    assert.equal(sandbox.world.issue(back.issue)?.status, 'resolved');
    sandbox.world.clock.set(LATER);
  });

  it("answers its issues by id and short id, with the window's counts", async () => {
    const { body } = await table(
      sandbox,
      'field=issue.id&field=issue&field=count()&sort=-count()&sort=issue.id&per_page=3',
    );
    const [top] = body.data;
    const listed = await sentry(
      sandbox,
      `organizations/acme/issues/?project=-1&group=${String(top['issue.id'])}&start=2026-11-20T10:00:00&end=2026-11-20T10:05:00`,
    );
    assert.equal(listed.body[0].count, String(top['count()']));
    assert.equal(listed.body[0].shortId, top.issue);
    assert.equal(
      (await sentry(sandbox, `organizations/acme/issues/${String(top.issue)}/`)).body.id,
      String(top['issue.id']),
    );
  });

  it('makes a week', () => {
    let events = 0;
    for (let i = 1; i <= 2016; i++) events += sandbox.world.events(TEN - i * SLOT, TEN - (i - 1) * SLOT).length;
    assert.ok(events > 200_000);
  });

  it('plays in projects and environments of somebody else, and speaks of what they are about', async () => {
    const own = await lively({
      projects: [{ slug: 'till', words: ['zebra'], tags: ['tenant', 'os.name'] }, { slug: 'desk' }],
      environments: ['live', 'test'],
    });
    const events = own.world.events(TEN - DAY, TEN);
    const projects = own.world.projects();
    await own.close();
    const [till, desk] = projects.map(({ id }) => events.filter(({ projectId }) => projectId === id));
    assert.deepEqual(
      own.world.projects().map(({ slug }) => slug),
      ['till', 'desk'],
    );
    assert.ok(till!.length > 1000 && desk!.length > 1000, `${till!.length} ${desk!.length}`);
    assert.deepEqual([...new Set(events.map(({ environment }) => environment))].toSorted(), ['live', null, 'test']);
    const zebras = (some: readonly SandboxEvent[]): number =>
      some.filter(({ title }) => title.includes('zebra')).length;
    assert.ok(zebras(till!) > 50, String(zebras(till!)));
    assert.equal(zebras(desk!), 0);
    assert.ok(
      till!.every(({ tags }) => ['one', 'two', 'three'].includes(tags['tenant']!) && tags['os.name'] !== 'one'),
    );
    assert.ok(desk!.every(({ tags }) => tags['tenant'] === undefined));
  });
});
