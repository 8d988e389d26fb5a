import { empty } from '../components/notice.ts';
import { sign } from '../components/sign.ts';
import type { PageData } from '../data/model.ts';
import { whatToDo } from '../explained.ts';
import { time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, table, unseenCaption } from './table.ts';

/** Faults of filters files, and what counts instead. */
export function filesPart({ files, now }: PageData): Html {
  const rows = files.map(({ where, text, since }) => {
    const instead =
      since === undefined ? 'its filters are left out' : html`the text of ${time(since, now)} UTC is in force`;
    return html`<tr data-file="${where}"><th scope="row">${sign('warn')} <bdi>${where}</bdi></th>
      <td class="errors"><bdi>${text}</bdi>${whatToDo('filters-file')}</td><td>${instead}</td></tr>`;
  });
  return html`<section aria-labelledby="files"><h2 id="files">Filters files</h2>
    ${
      rows.length === 0
        ? empty('All of them were taken.')
        : table({
            kind: 'files',
            caption: unseenCaption('Faults of filters files'),
            columns: [column('File'), column('Fault'), column('Instead')],
            body: html`<tbody>${rows}</tbody>`,
          })
    }</section>`;
}
