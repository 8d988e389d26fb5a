import { tag, tags } from '../components/tag.ts';
import type { AlertSeen } from '../data/alerts/model.ts';
import { html, type Html } from '../html.ts';
import { FATES_SAID } from './words.ts';

/** Who was told of an alert, and who is at it. */
export function toldPart({ told, acknowledgedBy }: AlertSeen): Html | null {
  const by = acknowledgedBy === null ? null : tag('good', html`<bdi>${acknowledgedBy}</bdi> is on it`);
  const channels = told.map(({ channel, fate, reason }) => {
    const [health, words] = FATES_SAID[fate];
    const why = reason === null ? null : html` title="${reason}"`;
    return html`<span class="tag ${health}"${why}>${channel}: ${words}</span>`;
  });
  return tags([by, ...channels]);
}
