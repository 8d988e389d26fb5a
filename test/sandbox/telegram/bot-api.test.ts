import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { createClock } from '../../support/time/clock.ts';

describe('Telegram in the sandbox', () => {
  let sandbox: Sandbox;
  const clock = createClock();

  before(async () => void (sandbox = await startSandbox({ now: () => clock.now() })));
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  async function post(body: object, token = sandbox.keys.telegramToken): Promise<readonly [number, string]> {
    const response = await fetch(`${sandbox.addresses.telegramApi}/bot${token}/sendMessage`, {
      method: 'POST',
      body: JSON.stringify({ chat_id: -1001, ...body }),
    });
    const { description, ok } = (await response.json()) as { description?: string; ok: boolean };
    return [response.status, ok ? 'ok' : description!];
  }

  const bold = (offset: number, length: number) => [{ type: 'bold', offset, length }];
  for (const [what, body, status, words] of [
    ['a text with only blanks', { text: ' \n ' }, 400, /text is empty/],
    ['4,097 UTF-16 units', { text: `${'😀'.repeat(2048)}x` }, 400, /too long/],
    ['half a character', { text: 'x\ud83d' }, 400, /people would not see/],
    ['a tab', { text: 'a\tb' }, 400, /people would not see/],
    ['a mention', { text: 'ask @anna_b' }, 400, /would ring @anna_b/],
    ['a mark beyond the text', { text: 'abc', entities: bold(1, 3) }, 400, /can't parse entities: it lies outside/],
    [
      'a mark within a character',
      { text: '😀', entities: bold(0, 1) },
      400,
      /can't parse entities: .* within a character/,
    ],
    [
      'a mark that is not known',
      { text: 'abc', entities: [{ type: 'blink', offset: 0, length: 1 }] },
      400,
      /can't parse entities/,
    ],
    [
      'a link to nowhere',
      { text: 'abc', entities: [{ type: 'text_link', offset: 0, length: 1, url: 'x' }] },
      400,
      /can't parse entities/,
    ],
    ['markup', { text: 'abc', parse_mode: 'HTML' }, 400, /parse_mode is not known/],
    [
      'an answer that fails where its parent is gone',
      { text: 'abc', reply_parameters: { message_id: 1 } },
      400,
      /reply_parameters/,
    ],
    ['no such chat', { text: 'abc', chat_id: -404 }, 400, /chat not found/],
    ['a chat that threw it out', { text: 'abc', chat_id: -403 }, 403, /bot was kicked/],
    ['a user that blocked it', { text: 'abc', chat_id: 403 }, 403, /bot was blocked/],
    ['no such topic', { text: 'abc', message_thread_id: 404 }, 400, /thread not found/],
    ['a group that has moved', { text: 'abc', chat_id: -500 }, 400, /upgraded to a supergroup/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const [code, said] = await post(body);
      assert.equal(code, status);
      assert.match(said, words);
      assert.equal(sandbox.world.received.telegram.messages.length, 0);
    });
  }

  it('refuses another token', async () =>
    assert.deepEqual(await post({ text: 'abc' }, '1:another'), [401, 'Unauthorized']));

  it('takes 4,096 units, names in code, and counts in each chat', async () => {
    assert.deepEqual(await post({ text: '😀'.repeat(2048) }), [200, 'ok']);
    const code = [{ type: 'code', offset: 4, length: 5 }];
    assert.deepEqual(await post({ text: 'ask @anna', entities: code, chat_id: '@acme_alerts' }), [200, 'ok']);
    assert.deepEqual(
      sandbox.world.received.telegram.messages.map(({ to, id }) => [to, id]),
      [
        ['-1001', '1'],
        ['@acme_alerts', '1'],
      ],
    );
  });
});
