import assert from 'node:assert/strict';
import { intakesOf } from '../../../src/app/intakes/index.ts';
import { ticketsOf } from '../../../src/app/tickets/index.ts';
import { measure } from '../../../src/commands/plan/measure.ts';
import { depsOf } from '../../support/build/deps.ts';
import { filterOf } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { fakeStore } from '../../support/events/fake-store.ts';

describe('posts to intakes', () => {
  const stage = (ask?: () => Promise<object>) => {
    let [closed, taken] = [0, 0];
    const part = { name: 'shop', takesSigned: true, ask, take: async () => (taken++, { isEnd: true }) };
    const wanted = [
      { name: 'shop', configured: { create: () => ({ part }) } },
      { name: 'lost', configured: undefined },
    ];
    const settings = { settleMs: 0, publicUrl: 'https://m.example.com' };
    const intakes = intakesOf({ intakes: wanted, settings } as never, { events: fakeStore() }, depsOf());
    const openScope = () => ({ ...scopeOf(), close: () => void closed++ });
    const post = (name: string) => intakes!.posts!.ask(name, {} as never, openScope);
    return { intakes: intakes!, post, closed: () => closed, taken: () => taken };
  };

  it('are noted, and what they name is read in the background', async () => {
    const { intakes, post, closed, taken } = stage(async () => ({ keys: ['k'] }));
    assert.deepEqual(await post('shop'), { keys: ['k'] });
    for (let n = 0; n < 20 && closed() === 0; n++) await new Promise((done) => void setImmediate(done));
    assert.deepEqual([closed(), taken()], [1, 1]);
    assert.deepEqual([intakes.posts!.takesSigned('shop'), intakes.posts!.takesSigned('x')], [true, false]);
    assert.equal(intakes.pageOf('a 1'), 'https://m.example.com/issues/a%201');
  });

  it('that name nothing, or break, are over at once, and nobody else takes any', async () => {
    const none = stage(async () => ({ keys: [] }));
    assert.deepEqual([await none.post('shop'), none.closed(), none.taken()], [{ keys: [] }, 1, 0]);
    const refused = stage(async () => ({ refused: 'no' }));
    assert.deepEqual([await refused.post('shop'), refused.closed()], [{ refused: 'no' }, 1]);
    const broken = stage(async () => Promise.reject(new Error('away')));
    await assert.rejects(broken.post('shop'), { message: 'away' });
    assert.equal(broken.closed(), 1);
    assert.deepEqual([await broken.post('x'), stage().intakes.posts], [null, undefined]);
  });

  it('need a ledger, and an intake that is set up', () => {
    assert.equal(intakesOf({ intakes: [], settings: {} } as never, { events: fakeStore() }, depsOf()), undefined);
    assert.equal(intakesOf({ intakes: [{}], settings: {} } as never, undefined, depsOf()), undefined);
  });
});

describe('what a tracker posts by itself', () => {
  const answer = async (heard: unknown) => {
    const part = {
      project: 'CRM',
      teams: [],
      hear: async () => heard,
      load: async () => Promise.reject(new Error('no module')),
    };
    const tracker = { name: 'jira', vendor: 'jira', configured: { create: () => ({ part }) } };
    const wanted = { trackers: [tracker], settings: {}, parts: [], intakes: [] };
    const tickets = ticketsOf(wanted as never, { tickets: {}, events: undefined } as never, depsOf(), {} as never);
    let closed = 0;
    const scope = { ...scopeOf(), close: () => void closed++ };
    const found = await tickets!.posts!.answer({} as never, () => scope);
    if (typeof found === 'object') await found.after?.();
    return [typeof found === 'object' ? Object.keys(found) : found, scope.log.texts(), closed];
  };

  it('is refused, nothing, or read afterwards; a tracker that breaks is in the log', async () => {
    assert.deepEqual(await answer('unsigned'), ['unsigned', [], 0]);
    assert.deepEqual(await answer('unread'), ['unread', [], 0]);
    assert.deepEqual(await answer(null), [[], [], 0]);
    assert.deepEqual(await answer({ id: '7', isGone: false }), [['after'], ['tickets are not read'], 1]);
  });
});

describe('what a plan measures', () => {
  it('is not known of a source that cannot say, which is told for all its filters', async () => {
    const filters = [filterOf({ name: 'a' }), filterOf({ name: 'b' })];
    const bare = { name: 'bare' };
    const program = {
      ...{ settings: { settleMs: 0 }, sources: [bare], sourceOf: () => bare, filters: { filters } },
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
    };
    const { measured, unmeasured } = await measure(program as never, { now: () => 0 } as never);
    assert.deepEqual(
      [measured.size, unmeasured],
      [...[0, [{ filter: 'all filters', error: 'bare cannot say how much a filter finds' }]]],
    );
  });
});
