import type { Finding } from '../../../core/ports/finding.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { findingOf, nameIn, testHint } from '../../../platform/posting/question.ts';
import type { Made } from '../../plugin.ts';
import { callAs, chatId } from './call.ts';
import type { Settings } from './channel.ts';

/** Whether Telegram knows the token, and its bot the chat. Writes nothing. */
export async function* examine(
  { settings: { chat: to, token, apiUrl }, deps, name: channel }: Made<Settings>,
  scope: Scope,
): AsyncGenerator<Finding> {
  const call = callAs({ service: channel, token, apiUrl, chat: to }, deps);
  const me = await call('getMe', {}, scope);
  const name = nameIn(me.result['username']);
  yield findingOf(me.outcome, { channel, what: 'token', variable: 'channels.telegram.key' }, `is that of ${name}`);
  if (me.outcome.status !== 'accepted') return;
  const chat = await call('getChat', { chat_id: chatId(to) }, scope);
  const { title, username, type } = chat.result;
  const well = `${name} knows ${nameIn(title ?? username ?? type)}; ${testHint(channel)}`;
  const found = findingOf(chat.outcome, { channel, what: 'chat', variable: 'channels.telegram' }, well);
  yield chat.movedTo === null ? found : { ...found, say: `has moved; write its new number: ${chat.movedTo}` };
}
