import { isFailing, type JobResult, type KeptJob } from '../../../core/ports/alerting/job-store.ts';
import { sign } from '../components/sign.ts';
import { plural, time, timeAgo } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import type { MakeBlock } from './block.ts';
import type { RestoredLedger } from './sources.ts';

/** What copies there are for sure, and what a restore left to be decided. */
export const backupBlock: MakeBlock = async ({ backup }, { now }) => {
  const plan = backup!.plan();
  const [jobs, restored] = await Promise.all([backup!.jobs(), backup!.restored()]);
  if (plan === undefined && restored === null) return null;
  const all = plan === undefined ? [] : jobs.filter(({ kind }) => kind === 'backup');
  const kept = plan?.keepDays == null ? 'all are kept' : `kept for ${plural(plan.keepDays, 'day')}`;
  return html`<section aria-labelledby="backup"><h2 id="backup">Backup
    ${plan === undefined ? null : html`<small>to <bdi>${plan.to}</bdi>, ${kept}, <bdi>${plan.where}</bdi></small>`}</h2>
    ${restored === null ? null : restoredPart(restored, now)}
    ${plan !== undefined && all.length === 0 ? html`<p class="none">No copy was made yet.</p>` : null}
    ${all.length === 0 ? null : tableOf(all, now)}</section>`;
};

function tableOf(all: readonly KeptJob[], now: number): Html {
  return table({
    kind: 'jobs',
    caption: unseenCaption('What was copied last, and how that went'),
    columns: [column('What'), column('Last copy'), column('Last failure'), column('What was compared')],
    body: html`<tbody>${all.map((job) => row(job, now))}</tbody>`,
  });
}

function row(job: KeptJob, now: number): Html {
  const { name, server, good, failed } = job;
  const isBad = isFailing(job);
  return html`<tr data-backup="${name}"><th scope="row">${sign(isBad ? 'bad' : 'good')} ${name}
    <small>of <bdi>${server}</bdi></small></th>
    <td data-label="last copy">${instant(good, now)}</td><td data-label="last failure">${instant(failed, now)}</td>
    <td class="${isBad ? 'errors' : 'result'}"><bdi>${(isBad ? failed : good)?.detail}</bdi></td></tr>`;
}

function instant(result: JobResult | null, now: number): Html {
  return result === null ? html`<span class="none">none</span>` : timeAgo(result.at, now);
}

function restoredPart({ at, copy, held }: RestoredLedger, now: number): Html {
  const count = html`${plural(held.messages, 'message')} and ${plural(held.tellings, 'piece')} of news`;
  const what =
    held.messages + held.tellings === 0
      ? html`Nothing of it is held.`
      : html`${count} are held: <code>sentry-monitor restore --send-pending</code> sends them,
        <code>--drop-pending</code> drops them.`;
  return html`<p data-restored>The ledger was restored ${time(at, now)} UTC from <bdi>${copy}</bdi>. ${what}</p>`;
}
