import { tag, tags } from '../components/tag.ts';
import type { AlertSeen } from '../data/alerts/model.ts';
import { html, type Html } from '../html.ts';
import { endSaid, FATES_SAID } from './words.ts';

/** Who was told of an alert, who is at it, and what holds back the rest. */
export function toldPart({ told, acknowledgedBy, mute }: AlertSeen, now: number): Html | null {
  const by = acknowledgedBy === null ? null : tag('good', html`<bdi>${acknowledgedBy}</bdi> is on it`);
  const channels = told.map(({ channel, fate, reason }) => {
    const [health, words] = FATES_SAID[fate];
    const why = reason === null ? null : html` title="${reason}"`;
    return html`<span class="tag ${health}"${why}>${channel}: ${words}</span>`;
  });
  return tags([by, mute === null ? null : muteTag(mute, now), ...channels]);
}

function muteTag({ why, until }: NonNullable<AlertSeen['mute']>, now: number): Html {
  const said = html`<a href="/messages#mutes">muted, ends ${endSaid(until, now)}</a>`;
  return html`<span class="tag idle" title="${why}">${said}</span>`;
}
