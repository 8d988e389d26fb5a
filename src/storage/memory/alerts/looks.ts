import type { Action } from '../../../core/model/alerting/action.ts';
import type {
  HeldAsked,
  KeptMessage,
  KeptTelling,
  MessagesAsked,
  Outbox,
} from '../../../core/ports/alerting/outbox.ts';
import type { Book } from './book.ts';
import type { Turns } from './turns.ts';

/** What people look at. */
export function looks(
  book: Book,
  turns: Turns,
): Pick<Outbox, 'tellingsOf' | 'messagesOf' | 'listed' | 'held' | 'actions' | 'acknowledged'> {
  return {
    tellingsOf: (ids) => turns(async () => [...book.tellings.values()].filter(({ alert }) => ids.includes(alert.id))),
    messagesOf: (ids) => turns(async () => [...new Set(ids)].flatMap((id) => book.messages.get(id) ?? [])),
    listed: (asked) => turns(async () => listed(book, asked)),
    held: (asked) => turns(async () => held(book, asked)),
    actions: ({ from, limit }) =>
      turns(async () =>
        [...book.actions.values()]
          .filter(({ at }) => at >= from)
          .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
          .slice(0, limit),
      ),
    acknowledged: (ids) =>
      turns(async () => {
        const found = ids.flatMap((id): [string, Action][] => {
          const action = acknowledgedIn(book, id);
          return action === undefined ? [] : [[id, action]];
        });
        return new Map(found);
      }),
  };
}

/** Who said first that he is at it. */
export function acknowledgedIn({ actions }: Pick<Book, 'actions'>, alertId: string): Action | undefined {
  return [...actions.values()]
    .filter(({ kind, target }) => kind === 'acknowledge' && target === alertId)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))[0];
}

function listed({ messages, tellings }: Book, { id: one, channel, fates, filter, before, limit }: MessagesAsked) {
  const ofFilter = new Set(
    [...tellings.values()].filter(({ alert }) => alert.filter === filter).map(({ messageId }) => messageId),
  );
  const isAfter = ({ createdAt, message: { id } }: KeptMessage): boolean =>
    before === undefined || createdAt < before.createdAt || (createdAt === before.createdAt && id < before.id);
  return [...messages.values()]
    .filter(({ message }) => one === undefined || message.id === one)
    .filter((kept) => channel === undefined || kept.channel === channel)
    .filter((kept) => fates === undefined || fates.includes(kept.fate))
    .filter(({ message }) => filter === undefined || ofFilter.has(message.id))
    .filter(isAfter)
    .sort((a, b) => b.createdAt - a.createdAt || (a.message.id < b.message.id ? 1 : -1))
    .slice(0, limit);
}

function held(
  { tellings }: Book,
  { channel, fates, filter, limit }: HeldAsked,
): { readonly tellings: readonly KeptTelling[]; readonly total: number } {
  const all = [...tellings.values()].filter(
    (it) =>
      it.messageId === null &&
      fates.includes(it.fate) &&
      (channel === undefined || it.channel === channel) &&
      (filter === undefined || it.alert.filter === filter),
  );
  return { tellings: all.reverse().slice(0, limit), total: all.length };
}
