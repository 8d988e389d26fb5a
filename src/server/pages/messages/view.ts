import { FATES, type Fate } from '../../../core/model/alerting/alert.ts';
import { isoOf, parseInstant } from '../../../core/model/window.ts';
import type { MessagesAsked } from '../../../core/ports/alerting/outbox.ts';
import { readOne } from '../view/read-view.ts';

/** Which messages a person wants to see: all of it stands in the address. */
export interface MessagesView {
  readonly channel?: string;
  readonly state?: Fate;
  readonly filter?: string;
  /** Only older ones than this. */
  readonly before?: NonNullable<MessagesAsked['before']>;
}

export interface MessagesRead {
  readonly view: MessagesView;
  /** For people: each names the parameter and says what may stand there. */
  readonly faults: readonly string[];
}

/** As addresses have the states. */
export const STATES: ReadonlyMap<string, Fate> = new Map(FATES.map((fate) => [fate.replace(' ', '-'), fate]));

const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;
/** Of an instant and an id, characters. */
const MOST_PLACE = 300;

/** What is wrong is left out and told. */
export function readMessagesView(params: URLSearchParams): MessagesRead {
  const faults: string[] = [];
  const one = readOne(params, faults);
  const named = (text: string): string | null => (NAME.test(text) ? text : null);
  const view = {
    channel: one('channel', named, 'it is the name of a channel'),
    state: one('state', (text) => STATES.get(text) ?? null, `it is one of ${[...STATES.keys()].join(', ')}`),
    filter: one('filter', named, 'it is the name of a filter'),
    before: one('before', placeOf, 'it is the instant of a message such as 2026-11-20T10:00:00.000Z', MOST_PLACE),
  };
  return { view: Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)), faults };
}

/** An instant, and behind `_` the id of the message that came last, of several of one instant. */
function placeOf(text: string): MessagesView['before'] | null {
  const [instant = '', ...id] = text.split('_');
  const createdAt = parseInstant(instant);
  return createdAt === null ? null : { createdAt, id: id.join('_') };
}

export const MESSAGES = '/messages';

/** A view as its own address. Undefined in the changes takes something back. */
export function messagesAddress(
  view: MessagesView,
  changes: { readonly [K in keyof MessagesView]?: MessagesView[K] | undefined } = {},
): string {
  const { channel, state, filter, before } = { ...view, ...changes };
  const pairs = [
    ['channel', channel],
    ['state', state?.replace(' ', '-')],
    ['filter', filter],
    ['before', before === undefined ? undefined : `${isoOf(before.createdAt)}_${before.id}`],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? MESSAGES : `${MESSAGES}?${new URLSearchParams(pairs).toString()}`;
}
