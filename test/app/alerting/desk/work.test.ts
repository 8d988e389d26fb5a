import assert from 'node:assert/strict';
import { deskAnswers } from '../../../../src/app/alerting/desk/index.ts';
import { createDeskWork, type DeskDeps } from '../../../../src/app/alerting/desk/work.ts';
import type { Desk, Looked, Pressed } from '../../../../src/core/ports/alerting/desk.ts';
import type { Outbox } from '../../../../src/core/ports/alerting/outbox.ts';
import { createLogBook, scopeOf } from '../../../support/build/scope.ts';
import { createClock } from '../../../support/time/clock.ts';

const WHO = { id: 'U1', name: 'ann', isStranger: false };
const AT = { team: null, channel: 'C1', ids: [], answerUrl: null };
const PRESSED: Pressed = {
  ...{ id: 'p-1', act: { kind: 'mute', end: '1h' }, messageId: 'm-1', place: 0, who: WHO, at: AT },
};
const LOOKED: Looked = { text: 'cart', messageId: 'm-1', who: WHO, at: AT };

/** A desk whose ledger is away. */
function stage(desk: Partial<Desk>) {
  const clock = createClock(() => true);
  const log = createLogBook();
  const whispered: string[] = [];
  const away = async () => Promise.reject(new Error('the ledger is away'));
  const outbox = new Proxy({}, { get: () => away }) as Outbox;
  let closed = 0;
  const deps = {
    ...{ ...clock, channels: [], inForce: () => ({ channels: [] }), outbox, server: 'host-1', uuid: () => 'u', log },
    ...{ tickets: { teams: [], of: away, search: away }, openScope: () => ({ ...scopeOf(), close: () => closed++ }) },
  } as unknown as DeskDeps;
  const whole = {
    isSigned: () => true,
    pressed: () => [PRESSED],
    looked: () => LOOKED,
    options: (choices: unknown) => ({ options: choices }),
    whisper: async (_at: unknown, _who: unknown, say: string) => (whispered.push(say), { status: 'accepted' }),
    ...desk,
  } as unknown as Desk;
  return { deps, desk: whole, log, whispered, closed: () => closed };
}

describe('what people press while the ledger is away', () => {
  it('is not done, and they are told so', async () => {
    const { deps, desk, whispered, closed } = stage({});
    await createDeskWork(deps).press([PRESSED], desk);
    assert.deepEqual(whispered, ['Not done: the ledger cannot be reached. Try again in a minute.']);
    assert.equal(closed(), 1);
  });

  it('is in the log where they cannot be told', async () => {
    const { deps, desk, log } = stage({ whisper: async () => Promise.reject(new Error('odd')) });
    await createDeskWork(deps).press([PRESSED], desk);
    assert.deepEqual(
      log.lines.map(({ text, fields }) => [text, fields['error']]),
      [['what was pressed is not answered', 'internal error: odd']],
    );
  });

  it('is an empty list where they look for a ticket', async () => {
    const { deps, log } = stage({});
    assert.deepEqual(await createDeskWork(deps).look(LOOKED), []);
    assert.deepEqual(log.texts(), ['tickets cannot be looked for']);
  });
});

describe('what Slack posts about people', () => {
  const answers = (desk: Partial<Desk>) => {
    const { deps, desk: whole } = stage(desk);
    return deskAnswers(deps, async () => whole);
  };
  const posted = { body: Buffer.from('x'), headers: {} };

  it('is refused without a signature, and where it cannot be read', async () => {
    const unread = answers({ pressed: () => undefined, looked: () => undefined });
    const unsigned = answers({ isSigned: () => false });
    for (const kind of ['actions', 'options'] as const) {
      assert.equal(await unsigned[kind](posted), 'unsigned');
      assert.equal(await unread[kind](posted), 'unread');
    }
  });

  it('is answered at once, and worked off afterwards; nothing comes of what is nothing to do', async () => {
    const nothing = answers({ pressed: () => null, looked: () => null });
    assert.deepEqual(await nothing.actions(posted), {});
    assert.deepEqual(await nothing.options(posted), { body: { options: [] } });
    const answer = await answers({}).actions(posted);
    assert.equal(typeof (answer as { after: unknown }).after, 'function');
    assert.deepEqual(await answers({}).options(posted), { body: { options: [] } });
  });
});
