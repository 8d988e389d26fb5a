import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS } from '../../../../src/core/model/window.ts';
import { createAdmin } from '../../../../src/core/telling/own/admin.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { createLogBook, scopeOf } from '../../../support/build/scope.ts';
import { NOW } from '../../../support/time/clock.ts';

function stage(channel: string | undefined, isCollected = false) {
  let now = NOW;
  const log = createLogBook();
  const { outbox } = memoryAlerts(() => now);
  const server = (name: string) =>
    createAdmin({
      channel,
      outbox,
      isCollected,
      channels: () => new Map(),
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
      now: () => now,
      server: name,
      log,
    });
  return {
    server,
    log,
    outbox,
    due: () => outbox.due(now),
    pass: (ms: number) => void (now += ms),
    posted: async () =>
      (await outbox.messages({ from: 0, to: Infinity })).map((it) => `${it.channel} ${it.message.id}`),
  };
}

describe('the admin', () => {
  it('hears of a kind once in 24 hours, whichever server says it, and so do the others', async () => {
    const { server, pass, posted } = stage('admin');
    const [one, two] = [server('host-1'), server('host-2')];
    await one.tellDaily('file/a', 'a fault', ['ops', 'admin']);
    pass(2 * HOUR_MS);
    for (const admin of [one, two]) await admin.tellDaily('file/a', 'a fault', ['ops', 'admin']);
    const first = ['admin own/file/a/admin@2026-11-20T10:00:00.000Z', 'ops own/file/a/ops@2026-11-20T10:00:00.000Z'];
    assert.deepEqual(await posted(), first);
    await two.tellDaily('file/b', 'another');
    pass(DAY_MS - 2 * HOUR_MS);
    for (const admin of [one, two]) await admin.tellDaily('file/a', 'a fault', ['ops']);
    assert.equal((await posted()).length, 5);
  });

  it('is told later where lines are collected, the others at once, and each kind once all the same', async () => {
    const { server, posted, due } = stage('admin', true);
    for (const admin of [server('host-1'), server('host-2')]) {
      await admin.tellDaily('file/a', 'a fault', ['ops']);
      await admin.tell('rule/a', 'broke', ['where']);
    }
    assert.deepEqual(await posted(), [
      'admin own/file/a/admin@2026-11-20T10:00:00.000Z',
      'ops own/file/a/ops@2026-11-20T10:00:00.000Z',
      'admin own/rule/a@2026-11-20T10:00:00.000Z',
    ]);
    assert.deepEqual(await due(), ['ops']);
    await server('host-3').tellDaily('file/b', 'a fault', ['admin']);
    assert.deepEqual(await due(), ['admin', 'ops'], 'who is told for another reason is told at once');
  });

  it('hears twenty things of a server in an hour, then that there is more, and the rest an hour later', async () => {
    const { server, pass, posted, log } = stage('admin');
    const admin = server('host-1');
    const say = async () => {
      for (let kind = 0; kind < 30; kind++) await admin.tell(`rule/${kind}`, `${kind} broke`);
      for (let kind = 0; kind < 25; kind++) await admin.tellDaily(`blind/${kind}`, `${kind} not judged`);
    };
    await say();
    await say();
    const first = await posted();
    assert.equal(first.length, 21);
    assert.ok(first.includes('admin own/more/host-1/admin@2026-11-20T10:00:00.000Z'));
    assert.equal(log.texts().filter((text) => text === 'the admin hears no more in this hour').length, 35);
    pass(HOUR_MS);
    for (let kind = 0; kind < 25; kind++) await admin.tellDaily(`blind/${kind}`, 'not judged');
    pass(HOUR_MS);
    for (let kind = 0; kind < 25; kind++) await admin.tellDaily(`blind/${kind}`, 'not judged');
    const blind = new Set((await posted()).filter((id) => id.includes('blind/')).map((id) => id.split('@')[0]));
    assert.equal(blind.size, 25);
  });

  it('hears within the hour what the outbox did not take at first', async () => {
    const { server, posted, outbox } = stage('admin');
    const admin = server('host-1');
    const { post } = outbox;
    outbox.post = () => Promise.reject(new Error('the ledger is away'));
    assert.equal(await admin.tell('rule/a', 'broke'), false);
    outbox.post = post;
    for (const _ of [1, 2]) assert.equal(await admin.tell('rule/a', 'broke'), true);
    assert.deepEqual(await posted(), ['admin own/rule/a@2026-11-20T10:00:00.000Z']);
  });

  it('that is told by the week hears everything', async () => {
    const { server, posted } = stage('admin', true);
    for (let kind = 0; kind < 30; kind++) await server('host-1').tell(`rule/${kind}`, 'broke');
    assert.equal((await posted()).length, 30);
  });

  it('need not be named for others to hear of a file', async () => {
    const { server, posted } = stage(undefined);
    await server('host-1').tellDaily('file/a', 'a fault', ['ops']);
    assert.equal(await server('host-1').tell('rule/a', 'broke'), true);
    assert.deepEqual(await posted(), ['ops own/file/a/ops@2026-11-20T10:00:00.000Z']);
  });
});
