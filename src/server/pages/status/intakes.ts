import type { KeptCursor } from '../../../core/ports/events/event-store.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import { notice } from '../components/notice.ts';
import { sign } from '../components/sign.ts';
import { tag } from '../components/tag.ts';
import type { Health } from '../findings/health.ts';
import { count, lasting, time, timeAgo } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';
import type { MakeBlock } from './block.ts';

/** A reader is behind from so long on, ms: the windows of its intake are incomplete then. */
const BEHIND_MS = 3 * PERIOD_MS;

/** Each intake: up to when all was read, how far that lies back, and what could not be read. */
export const intakesBlock: MakeBlock = async ({ events }, { now }) => {
  const { projects, store } = events!;
  const cursors = Map.groupBy(await store.cursors(projects), ({ project }) => project);
  const full = (await store.room())?.full ?? null;
  const rows: Html[] = [];
  for (const project of projects) {
    const { total } = await store.rejects(project, 0);
    rows.push(row(project, { cursors: cursors.get(project) ?? [], rejects: total, isPaused: full !== null, now }));
  }
  return html`<section aria-labelledby="intakes"><h2 id="intakes">Intakes</h2>
    ${full === null ? null : notice('bad', `${full}.`)}${table({
      kind: 'intakes',
      caption: unseenCaption('Intakes: how far they were read, and what could not be'),
      columns: [column('Intake'), column('Read up to'), column('Behind'), numbers('Not read'), column('Looked at')],
      body: html`<tbody>${rows}</tbody>`,
    })}</section>`;
};

/** By its slowest reader. Null: nothing is known of one. */
function watermarkOf(cursors: readonly KeptCursor[]): number | null {
  const all = cursors.map(({ watermark }) => watermark);
  return all.length === 0 || all.includes(null) ? null : Math.min(...all.map(Number));
}

function healthOf(cursors: readonly KeptCursor[], lag: number | null): Health {
  if (cursors.length === 0) return 'idle';
  return lag === null || lag > BEHIND_MS ? 'bad' : 'good';
}

interface Read {
  readonly cursors: readonly KeptCursor[];
  readonly rejects: number;
  /** Nothing more may be stored. */
  readonly isPaused: boolean;
  readonly now: number;
}

function row(project: string, { cursors, rejects, isPaused, now }: Read): Html {
  const watermark = watermarkOf(cursors);
  const lag = watermark === null ? null : Math.max(0, now - watermark);
  const moved = cursors.length === 0 ? null : Math.max(...cursors.map(({ movedAt }) => movedAt));
  return html`<tr data-intake="${project}"><th scope="row">${sign(isPaused ? 'bad' : healthOf(cursors, lag))}
    <a href="/issues?project=${encodeURIComponent(project)}">${project}</a>${isPaused ? PAUSED : null}</th>
    <td data-label="read up to">${watermark === null ? UNKNOWN : time(watermark, now)}</td>
    <td data-label="behind">${lag === null ? '–' : lasting(lag)}</td>
    <td class="n" data-label="not read">${count(rejects)}</td>
    <td data-label="looked at">${moved === null ? NEVER : timeAgo(moved, now)}</td></tr>`;
}

const PAUSED = html` ${tag('bad', 'paused')}`;
const UNKNOWN = html`<span class="none">not known</span>`;
const NEVER = html`<span class="none">never yet</span>`;
