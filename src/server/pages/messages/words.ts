import type { KeptMessage } from '../../../core/ports/alerting/outbox.ts';
import type { MuteScope } from '../../../core/model/alerting/rule.ts';
import type { Health } from '../findings/health.ts';
import { count } from '../format.ts';
import { html, type Html } from '../html.ts';

/** The fate of a message, for people, and how good that is. */
export function fateSaid({ fate, isPosting, nextAt }: KeptMessage): readonly [Health, string] {
  if (isPosting) return ['idle', 'being sent'];
  if (fate === 'pending' && nextAt === Infinity) return ['idle', 'waits for the message of the week'];
  if (fate === 'uncertain') return ['warn', nextAt === Infinity ? 'perhaps sent' : 'perhaps sent, is sent once more'];
  return FATES[fate];
}

const FATES: Readonly<Record<Exclude<KeptMessage['fate'], 'uncertain'>, readonly [Health, string]>> = {
  pending: ['idle', 'waits to be sent'],
  sent: ['good', 'sent'],
  refused: ['bad', 'refused'],
  'given up': ['bad', 'given up after a day'],
  grouped: ['idle', 'in a later message'],
  held: ['warn', 'held since a restore'],
  dropped: ['idle', 'not sent'],
};

/** What a mute is about; an issue leads to its page, which has its title. */
export function scopeSaid(what: MuteScope): Html {
  if (what.kind === 'all') return html`everything`;
  if (what.kind !== 'issue' && what.kind !== 'page') return html`${what.kind} <bdi>${what.name}</bdi>`;
  const issue = html`issue <a href="/issues/${encodeURIComponent(what.name)}"><bdi>${what.name}</bdi></a>`;
  return what.kind === 'page' ? html`the pages’ lists: ${issue}` : issue;
}

/** Who did something, or had it done. */
export function whoSaid(by = 'unknown'): string {
  return { cli: 'a command', post: 'a post' }[by] ?? by;
}

/** `3 posts` */
export function triesSaid(tries: number): string {
  return tries <= 1 ? '' : `${count(tries)} posts`;
}
