import assert from 'node:assert/strict';
import { DAY_MS } from '../../../../../src/core/model/window.ts';
import { sqlEvents } from '../../../../../src/storage/ledger/events/index.ts';
import { forgetEvents } from '../../../../../src/storage/ledger/events/forget.ts';
import { WINDOW } from '../../../../support/build/reports.ts';
import { eventOf } from '../../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

const AT = WINDOW.start;
const HEAD = 'Traceback (most recent call last):\n  File "/srv/shop/views.py", line 81, in get_cart\n';
const CART = `${HEAD}    return carts[cart_id]\nKeyError: `;
const GROUPING = { by: 'frames', parts: ['KeyError', 'shop/views.py in get_cart'], kept: ['tenant blue'] };

function saying(issueId: string, text: string | null, given = {}) {
  const sample = text === null ? null : { text, frames: [], context: [] };
  return eventOf(issueId, { issueId, title: issueId, sample, ...given });
}

for (const { kind, open } of KINDS)
  describe(`what issues are compared by in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;

    let [web, api] = ['', ''];
    before(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });
    after(() => box.close());
    let tests = 0;
    beforeEach(() => {
      tests++;
      [web, api] = [`web-${tests}`, `api-${tests}`];
    });

    const add = (project: string, ...events: readonly ReturnType<typeof eventOf>[]) => store.add({ project, events });
    const alike = async (issueId: string, projects = [web, api], most = 20) => {
      const { issues, isMore } = await store.alike(projects, { project: web, issueId }, most);
      return { found: issues.map((it) => `${it.likeness} ${it.project.slice(0, 3)} ${it.issueId}`), isMore };
    };

    it('finds the same words and those but for the last, newest first, in all projects that may be seen', async () => {
      await add(web, saying('mine', `Internal Server Error: /cart\n${CART}'cart-17'`, { at: AT }));
      await add(web, saying('more', `${CART}'cart-99' while merging`, { at: AT + 1 }));
      await add(api, saying('word', `${CART}'basket-xyz'`, { at: AT + 3 }));
      await add(web, saying('type', `${CART.replace('KeyError', 'IndexError')}'cart-17'`, { at: AT + 4 }));
      await add(web, saying('small', `${CART.replace('KeyError', 'keyError')}'cart-17'`, { at: AT + 5 }));
      await add(web, saying('none', null, { at: AT + 6 }));
      assert.deepEqual(await alike('mine'), { found: ['similar api word', 'exact web more'], isMore: false });
      assert.deepEqual(await alike('mine', [web]), { found: ['exact web more'], isMore: false });
      assert.deepEqual(await alike('mine', [web, api], 1), { found: ['similar api word'], isMore: true });
      assert.deepEqual([(await alike('none')).found, (await alike('unknown')).found], [[], []]);
    });

    it('finds them by whole words only', async () => {
      await add(web, saying('mine', 'cart lost'), saying('longer', 'cartoon lost'), saying('other', 'a cart lost it'));
      assert.deepEqual((await alike('mine')).found, ['exact web other']);
      await add(web, saying('one', '404'), saying('blank', '17'));
      assert.deepEqual((await alike('one')).found, [], 'nothing is like nothing');
    });

    it('shows the newest event, with the lines before it and where its line stands', async () => {
      const sample = { text: `${CART}'b'`, frames: [], context: ['GET /cart'], link: 'https://logs.example.com/?id=7' };
      await add(web, saying('mine', `${CART}'a'`), saying('other', `${CART}'b'`, { at: AT }));
      await add(web, eventOf('e-2', { issueId: 'other', title: 'newer', at: AT + DAY_MS, sample }));
      const { issues } = await store.alike([web], { project: web, issueId: 'mine' }, 5);
      assert.deepEqual(
        issues.map(({ title, newest }) => [title, newest.eventId, newest.at, newest.sample]),
        [['newer', 'e-2', AT + DAY_MS, sample]],
      );
    });

    it('leaves out an intake’s own noise, from its next event on', async () => {
      await add(web, saying('mine', CART), saying('blue', CART.replace('/shop/', '/shop/blue_green/')));
      assert.deepEqual((await alike('mine')).found, []);
      const again = [saying('mine', CART), saying('blue', CART.replace('/shop/', '/shop/blue_green/'))];
      const events = again.map((event) => ({ ...event, id: `${event.id} again` }));
      await store.add({ project: web, events, noise: ['bluegreen'] });
      assert.deepEqual((await alike('mine')).found, ['exact web blue']);
    });

    it('of a method before goes on by its new name: it is not new, in the environments where it was', async () => {
      const old = (id: string, environment: string, at: number) =>
        saying('1:a', CART, { id, environment, at, issueId: '1:a' });
      await add(web, old('a', 'production', AT - 9 * DAY_MS), old('b', 'staging', AT - 3 * DAY_MS));
      const renamed = (id: string, environment: string, former: string) =>
        eventOf(id, { issueId: `2:${id[0]}`, environment, at: AT, former });
      await add(web, renamed('x1', 'production', '1:a'), renamed('x2', 'test', '1:a'), renamed('y1', 'staging', '1:a'));
      await add(web, renamed('z1', 'production', '1:none'));
      const first = async (issueId: string, ...environments: string[]) => {
        const found = (await store.issues([web], [issueId], environments)).get(issueId);
        return found === undefined ? null : (AT - found.first) / DAY_MS;
      };
      assert.deepEqual([await first('2:x'), await first('2:x', 'production'), await first('2:x', 'test')], [9, 9, 0]);
      assert.deepEqual([await first('2:y'), await first('2:z'), await first('1:a')], [3, 0, 9]);
      await add(web, renamed('x3', 'production', '1:a'));
      assert.equal(await first('2:x', 'production'), 9);
      const samples = await store.samples(web, '2:y');
      assert.deepEqual(
        samples.map(({ which, eventId }) => [which, eventId]),
        [
          ['first', 'b'],
          ['newest', 'y1'],
        ],
      );
    });

    it('keeps why events are of an issue, as long as the issue', async () => {
      const issue = (issueId: string) => ({ project: web, issueId });
      const now = await box.now();
      const cursor = { name: '', position: null, watermark: null };
      const old = saying('old', CART, { at: now - 92 * DAY_MS, grouping: GROUPING });
      await store.add({ project: web, events: [old, saying('theirs', CART, { at: now })], cursor });
      assert.deepEqual(
        [await store.groupingOf(issue('old')), await store.groupingOf(issue('theirs'))],
        [GROUPING, null],
      );
      assert.equal(await forgetEvents(await box.database.ready(), 14, now), true);
      assert.equal(await store.groupingOf(issue('old')), null);
      assert.deepEqual((await alike('old')).found, []);
    });
  });
