import type { Action, ActionKind } from '../../../core/model/alerting/action.ts';
import { time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { whoSaid } from './words.ts';

/** Before what it was done to. */
const DID: Readonly<Record<ActionKind, string>> = {
  mute: 'began a mute:',
  unmute: 'ended a mute:',
  acknowledge: 'is on it:',
  'send again': 'sends again:',
  ticket: 'saw to a ticket:',
  erase: 'erased a user:',
};

/** What people did, the newest first; nothing where nobody did anything. */
export function donePart(actions: readonly Action[], now: number): Html | null {
  if (actions.length === 0) return null;
  const items = actions.map(({ id, at, by, kind, text }) => {
    const who = html`<b><bdi>${whoSaid(by)}</bdi></b>`;
    return html`<li data-action="${id}">${time(at, now)} ${who} ${DID[kind]} <bdi>${text}</bdi></li>`;
  });
  return html`<section aria-labelledby="done"><h2 id="done">What people did</h2>
    <ul class="plain done">${items}</ul></section>`;
}
