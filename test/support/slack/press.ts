import { createHmac } from 'node:crypto';
import { channelId } from '../../../sandbox/slack/book.ts';
import type { ReceivedMessage } from '../../../sandbox/world/inbox.ts';

export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';

/** Who presses, and how. */
export interface Pressing {
  /** Of what is pressed. */
  readonly actionId: string;
  /** Of a list. */
  readonly chosen?: string;
  readonly user?: { readonly id: string; readonly username: string; readonly team_id?: string };
  readonly trigger?: string;
  readonly team?: string | null;
  /** Null: Slack gives no address. */
  readonly responseUrl?: string | null;
}

const ANN = { id: 'U0MADEUP1', username: 'ann' };

/** What Slack posts when somebody presses something in a message. `base`: of the sandbox. */
export function payloadOf(message: ReceivedMessage, base: string, pressing: Pressing): object {
  const { actionId, chosen, user = ANN, trigger = '111.222.abcdef', team = 'T0ACME', responseUrl } = pressing;
  const pressable = message.pressables?.find((it) => it.actionId === actionId);
  const channel = channelId(message.to);
  const thread = message.thread === null ? {} : { thread_ts: message.thread };
  const url = `${base}/slack/answers/${channel}/${message.id}/${user.id}`;
  return {
    type: 'block_actions',
    api_app_id: 'A0MADEUP1',
    team: team === null ? null : { id: team, domain: 'acme' },
    user,
    enterprise: null,
    container: { type: 'message', message_ts: message.id, channel_id: channel, ...thread },
    trigger_id: trigger,
    channel: { id: channel, name: 'crm' },
    message: { type: 'message', ts: message.id, ...thread },
    ...(responseUrl === null ? {} : { response_url: responseUrl ?? url }),
    actions: [
      {
        type: pressable?.type ?? 'button',
        action_id: actionId,
        block_id: pressable?.blockId,
        action_ts: '1795910460.123456',
        ...(pressable?.value === undefined ? {} : { value: pressable.value }),
        ...(chosen === undefined ? {} : { selected_option: { value: chosen } }),
      },
    ],
  };
}

/** What Slack posts when somebody looks for something to choose. */
export function suggestionOf(message: ReceivedMessage, text: string, pressing: Partial<Pressing> = {}): object {
  const { actions: _none, ...around } = payloadOf(message, '', { actionId: 'add_to_ticket', ...pressing }) as {
    actions: unknown;
  };
  const blockId = message.pressables?.find(({ actionId }) => actionId === 'add_to_ticket')?.blockId;
  return { ...around, type: 'block_suggestion', action_id: 'add_to_ticket', block_id: blockId, value: text };
}

/** As it comes over the wire. `at`: epoch ms. */
export function signed(
  payload: object,
  at: number,
  secret = SIGNING_SECRET,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const time = String(Math.floor(at / 1000));
  const hex = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${hex}`,
      connection: 'close',
    },
  };
}
