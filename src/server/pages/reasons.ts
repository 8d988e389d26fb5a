import { html, type Html } from './html.ts';
import { ROWS, TABLES } from '../reasons/see.ts';
import type { Row } from '../reasons/row.ts';
import { layout } from './layout.ts';
import { column, table, unseenCaption } from './parts/table.ts';

/** What each reason means: the rows of the documentation, at the path that they have there. */
export function reasonsPage(): string {
  return layout({
    title: 'What it means – sentry-monitor',
    main: html`<p class="crumbs"><a href="/">All filters</a></p>
      <h1>What it means, and what to do</h1>
      ${TABLES.map(
        ([heading, seen, rows]) =>
          html`<section><h2 id="${idOf(heading)}">${heading}</h2>
            ${table({
              kind: 'reasons',
              caption: unseenCaption(heading),
              columns: [column(textOf(seen)), column('It means'), column('Do')],
              body: html`<tbody>${Object.entries(rows).map(rowOf)}</tbody>`,
            })}</section>`,
      )}`,
  });
}

function rowOf([anchor, { seen, means, todo }]: [string, Row]): Html {
  return html`<tr id="${anchor}"><th scope="row">${textOf(seen)}</th><td>${textOf(means)}</td>
    <td>${textOf(todo)}</td></tr>`;
}

/** As GitHub makes it. */
function idOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}

/** Code, and what a page says, set apart; a link stays where it leads to something on this page. */
function textOf(markdown: string): readonly Html[] {
  return [...markdown.matchAll(/`([^`]*)`|(?<!\w)\*([^*]*)\*|\[([^\]]*)\]\(#([^)]*)\)|(?:(?!`|\*|\[)[^])+|[^]/g)].map(
    ([all, code, said, text, target]) => {
      if (code !== undefined) return html`<code>${code}</code>`;
      if (said !== undefined) return html`<em>${said}</em>`;
      if (text === undefined) return html`${all}`;
      return IDS.has(target!) ? html`<a href="#${target}">${text}</a>` : html`${text}`;
    },
  );
}

const IDS = new Set([...Object.keys(ROWS), ...TABLES.map(([heading]) => idOf(heading))]);
