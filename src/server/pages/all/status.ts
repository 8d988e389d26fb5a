import { factList } from '../components/facts.ts';
import { notices } from '../components/past.ts';
import { originPart } from '../components/origin.ts';
import { verdicts } from '../components/verdicts.ts';
import type { PageData } from '../data/model.ts';
import { findingsOf } from '../findings/findings.ts';
import { healthOf, titleOf } from '../findings/title.ts';
import { count, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { filesPart } from '../parts/files.ts';
import { runsPart } from '../parts/runs.ts';
import { sinksPart } from '../parts/sinks.ts';
import type { View } from '../view/view.ts';

/** How the service itself does: sinks, runs, blocks of their own, filters files, and where the numbers come from. */
export function statusPage(data: PageData, view: View, blocks: Html | null = null): string {
  const findings = findingsOf(data, view);
  return layout({
    title: titleOf(findings, 'Status'),
    health: healthOf(findings),
    here: { page: 'status' },
    path: '/status',
    view,
    data,
    main: html`<h1>Status</h1>
      ${notices('/status', view, data)}
      ${verdicts(findings.filter(({ question }) => question !== 'trending'))}
      ${factsOf(data)}
      ${sinksPart(data)}
      ${blocks}
      ${runsPart(data)}
      ${filesPart(data)}
      <section aria-labelledby="origin"><h2 id="origin">Where the numbers come from</h2>${originPart(data)}</section>`,
  });
}

function factsOf(data: PageData): Html {
  const { server, since, now, onError, filters } = data;
  const ledger =
    onError === null ? 'none that it uses: it knows of its own runs alone' : 'in use; servers that share it act as one';
  return factList([
    ['Server', html`<bdi>${server}</bdi>, since ${time(since, now)} UTC`],
    ['Ledger', ledger],
    ['Filters in force', count(filters.length)],
    ['Sends to', sinkWords(data)],
  ]);
}

function sinkWords({ dryRun, sinks }: PageData): string {
  if (dryRun) return 'no sink: DRY_RUN is set';
  return sinks.length === 0 ? 'no sink: none is configured' : sinks.join(', ');
}
