import type { Filter } from '../../../core/model/filter.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { htmlAnswer, type PageAnswer } from '../answer.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import { shareWork } from '../data/under-way.ts';
import { unread, whyNot } from '../data/why-not.ts';
import { type MessagesPage, messagesPage } from './page.ts';
import { type MessagesData, readMessages } from './read.ts';
import { messagesAddress, readMessagesView } from './view.ts';

export interface MessagesOptions extends Clock {
  readonly alerting?: PageAlerting | undefined;
  inForce(): { readonly filters: readonly Filter[] };
  readonly server: string;
  redact(text: string): string;
}

/** Nobody can be told anything. */
const NOBODY: MessagesData = {
  channels: [],
  held: [],
  heldTotal: 0,
  mutes: [],
  messages: [],
  hasMore: false,
  actions: [],
};

/** The page of messages by its parameters. */
export function createMessages(options: MessagesOptions): (params: URLSearchParams) => Promise<PageAnswer> {
  const { alerting, inForce, server, now, redact } = options;
  const share = shareWork<MessagesData>(options);
  return async (params) => {
    const { view, faults } = readMessagesView(params);
    const { filters } = inForce();
    const read = async (): Promise<MessagesPage['data']> => {
      if (alerting === undefined || !alerting.isWanted()) return NOBODY;
      const work = share(messagesAddress(view), () => readMessages(view, alerting, now()));
      const why = await whyNot(work, options);
      return why === null ? work : { unread: unread(why) };
    };
    const page = messagesPage({
      view,
      faults,
      data: await read(),
      filters: filters.map(({ name }) => name),
      now: now(),
      server,
      hasMessages: alerting?.isWanted() ?? false,
      hasActions: alerting?.acts !== undefined,
    });
    return htmlAnswer(200, redact(page));
  };
}
