import { isFailing, type Job, type JobResult } from '../../../core/ports/alerting/job-store.ts';
import { sign } from '../components/sign.ts';
import { time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import type { MakeBlock } from './block.ts';

/** What this server did beside windows, and how that went. */
export const jobsBlock: MakeBlock = async ({ jobs }, { now }) => {
  return html`<section aria-labelledby="jobs"><h2 id="jobs">Jobs <small>of this server, since its start</small></h2>
    ${table({
      kind: 'jobs',
      caption: unseenCaption('What was due beside windows, and how it went'),
      columns: [column('What'), column('Last success'), column('Last failure'), column('Last result')],
      body: html`<tbody>${jobs().map((job) => row(job, now))}</tbody>`,
    })}</section>`;
};

function row({ kind, name, good, failed }: Job, now: number): Html {
  const isBad = isFailing({ good, failed });
  const at = (result: JobResult | null): Html =>
    result === null ? html`<span class="none">none</span>` : time(result.at, now);
  return html`<tr data-job="${kind} ${name}"><th scope="row">${sign(isBad ? 'bad' : 'good')} ${kind} ${name}</th>
    <td data-label="last success">${at(good)}</td><td data-label="last failure">${at(failed)}</td>
    <td class="${isBad ? 'errors' : 'result'}"><bdi>${(isBad ? failed : good)?.detail}</bdi></td></tr>`;
}
