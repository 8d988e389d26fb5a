import { notice, unreadPart } from '../components/notice.ts';
import { worstOf } from '../findings/health.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';
import { channelHealth, channelsPart } from './channels.ts';
import { donePart } from './done.ts';
import { heldPart } from './held.ts';
import { listPart } from './list.ts';
import { mutesPart } from './mutes.ts';
import type { MessagesData } from './read.ts';
import { MESSAGES, messagesAddress, type MessagesView } from './view.ts';

export interface MessagesPage {
  readonly view: MessagesView;
  readonly faults: readonly string[];
  /** Or why it cannot be read. */
  readonly data: MessagesData | { readonly unread: string };
  /** Names of filters, for who looks for one. */
  readonly filters: readonly string[];
  readonly now: number;
  readonly server: string;
  readonly hasMessages: boolean;
  readonly hasActions: boolean;
}

/** Who was told what, what became of it, what is held back, and what people did about it. */
export function messagesPage(page: MessagesPage): string {
  const { view, now, server, hasMessages, data } = page;
  const address = messagesAddress(view);
  const frame = { here: { page: 'messages' as const }, path: address, data: { now, server, hasMessages } };
  if ('unread' in data)
    return layout({
      ...frame,
      title: '(1) Messages – sentry-monitor',
      health: 'bad',
      main: unreadPart('Messages', data.unread, MESSAGES),
    });
  const health = worstOf(data.channels.map(channelHealth));
  const troubles = data.channels.filter((channel) => channelHealth(channel) === 'bad').length;
  return layout({
    ...frame,
    title: `${troubles === 0 ? '' : `(${troubles}) `}Messages – sentry-monitor`,
    health,
    main: mainPart(page, data),
  });
}

function mainPart({ view, faults, filters, now, hasActions }: MessagesPage, data: MessagesData) {
  return html`<h1>Messages <small>times are UTC</small></h1>
    ${faults.map((fault) => notice('warn', fault))}
    ${channelsPart(data.channels, now)}
    ${heldPart(data, now)}
    ${mutesPart(data.mutes, now, hasActions)}
    ${listPart({ data, view, filters, now, hasActions })}
    ${donePart(data.actions, now)}`;
}
