import type { PageData } from './data/model.ts';
import { findingsOf } from './findings/findings.ts';
import { html } from './html.ts';
import { findingsPart, layout, originPart } from './layout.ts';
import { filtersPart } from './parts/filters.ts';
import { trendingPart } from './parts/issues.ts';
import { runsPart } from './parts/runs.ts';
import { sinksPart } from './parts/sinks.ts';

/** The overview: is it running, is it right, what is burning. */
export function homePage(data: PageData): string {
  const findings = findingsOf(data);
  const worst = findings.find(({ health }) => health === 'bad') ?? findings.find(({ health }) => health === 'warn');
  return layout({
    title: `${worst === undefined ? 'All calm' : worst.head} – sentry-monitor`,
    data,
    main: html`<h1 class="unseen">Overview</h1>
      ${findingsPart(findings)}
      ${trendingPart(data)}
      ${filtersPart(data)}
      ${sinksPart(data)}
      ${runsPart(data)}
      ${originPart(data)}`,
  });
}
