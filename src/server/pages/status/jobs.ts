import type { Job } from '../../../core/telling/own/job-book.ts';
import { sign } from '../components/sign.ts';
import { time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import type { MakeBlock } from './block.ts';

/** What this server did beside windows, and how that went. */
export const jobsBlock: MakeBlock = async ({ jobs }, { now }) => {
  const all = jobs();
  if (all.length === 0) return null;
  return html`<section aria-labelledby="jobs"><h2 id="jobs">Jobs <small>of this server, since its start</small></h2>
    ${table({
      kind: 'jobs',
      caption: unseenCaption('What was due beside windows, and how it went'),
      columns: [column('What'), column('Last success'), column('Last failure'), column('Last result')],
      body: html`<tbody>${all.map((job) => row(job, now))}</tbody>`,
    })}</section>`;
};

function row({ kind, name, goodAt, failedAt, detail }: Job, now: number): Html {
  const isBad = failedAt !== null && (goodAt === null || failedAt > goodAt);
  const at = (instant: number | null): Html =>
    instant === null ? html`<span class="none">none</span>` : time(instant, now);
  return html`<tr data-job="${kind} ${name}"><th scope="row">${sign(isBad ? 'bad' : 'good')} ${kind} ${name}</th>
    <td data-label="last success">${at(goodAt)}</td><td data-label="last failure">${at(failedAt)}</td>
    <td class="${isBad ? 'errors' : 'result'}"><bdi>${detail}</bdi></td></tr>`;
}
