import type { ChannelActs, Deps } from '../../plugin.ts';
import { chatId } from './call.ts';
import { fit } from './fit.ts';
import { drawn, fitPhoto } from './photo.ts';
import { sendAs } from './send.ts';

export interface Settings {
  readonly chat: string;
  readonly token: string;
  readonly thread: number | undefined;
  readonly apiUrl: string;
}

/** Speaks as a bot to one chat. */
export function createTelegram(
  { chat, token: key, thread, apiUrl }: Settings,
  deps: Deps,
  service: string,
): ChannelActs {
  const send = sendAs({ service, token: key, apiUrl, chat }, deps);
  const frame = {
    chat_id: chatId(chat),
    ...(thread === undefined ? {} : { message_thread_id: thread }),
    link_preview_options: { is_disabled: true },
  };
  return {
    fit: (message, form) => (message.part === 'picture' ? fitPhoto : fit)(message, form, frame),
    async send({ body }, message, scope) {
      let whole: object;
      try {
        whole = await drawn(body as object, deps.pictures);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { status: 'retry', why: `${service}: the chart was not drawn: ${why}` };
      }
      return send(whole, message, scope);
    },
  };
}
