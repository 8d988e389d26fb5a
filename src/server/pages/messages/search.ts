import { option } from '../components/form.ts';
import { html, type Html } from '../html.ts';
import type { MessagesData } from './read.ts';
import { MESSAGES, messagesAddress, type MessagesView, STATES } from './view.ts';

/** What may be chosen. */
export interface Choices {
  readonly data: Pick<MessagesData, 'channels'>;
  readonly view: MessagesView;
  /** Names. */
  readonly filters: readonly string[];
}

/** Which messages: of a channel, a state, a filter. */
export function searchPart({ data: { channels }, view, filters }: Choices): Html {
  const isAny = view.channel !== undefined || view.state !== undefined || view.filter !== undefined;
  const clear = html`<a href="${messagesAddress({})}">show all</a>`;
  const names = channels.map(({ channel }) => channel);
  const state = view.state?.replace(' ', '-');
  return html`<form class="ask" role="search" method="get" action="${MESSAGES}">
    ${choice('channel', names, view.channel)} ${choice('state', [...STATES.keys()], state)}
    ${choice('filter', filters, view.filter)} <button>Show</button></form>${isAny ? clear : null}`;
}

/** What was chosen may be no longer among them. */
function choice(name: keyof MessagesView, all: readonly string[], chosen: string | undefined): Html {
  const values = chosen === undefined || all.includes(chosen) ? all : [...all, chosen];
  const options = [option('', 'any', chosen ?? ''), ...values.map((value) => option(value, value, chosen ?? ''))];
  return html`<label for="ask-${name}">${name}</label> <select id="ask-${name}" name="${name}">${options}</select>`;
}
