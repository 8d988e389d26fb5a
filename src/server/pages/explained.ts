import { type Anchor, see } from '../reasons/see.ts';
import { html, type Html } from './html.ts';

/** What is said, as a link to the row that explains it. */
export function explained(anchor: Anchor, content: string): Html {
  return html`<a class="why" href="/${see(anchor)}">${content}</a>`;
}

/** The same beside a text of somebody else's; nothing where nothing is wrong. */
export function whatToDo(anchor: Anchor | null): Html | null {
  return anchor === null ? null : html` <small>${explained(anchor, 'what to do')}</small>`;
}

/** A few of them, by their names. */
export function explainedAll(anchors: readonly Anchor[]): Html | null {
  if (anchors.length === 0) return null;
  const links = anchors.map(
    (anchor, index) => html`${index === 0 ? null : ', '}${explained(anchor, anchor.replace(/^(gap|page)-/, ''))}`,
  );
  return html` <small>What to do: ${links}</small>`;
}
