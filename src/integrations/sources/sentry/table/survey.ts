import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Ask } from '../../../../core/model/reading.ts';
import { DAY_MS, type Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { SurveyAnswer } from '../../../../core/ports/source.ts';
import type { Client } from '../api/client.ts';
import type { Projects } from '../api/projects.ts';
import { numberIn } from '../api/row.ts';
import { readPage } from '../api/rows.ts';
import { placed } from '../names/to-mend.ts';
import { targetOf } from './target.ts';

export interface SurveyOptions extends Pick<Clock, 'sleep'> {
  readonly client: Client;
  readonly projects: Projects;
}

/** Nobody waits for this, and others share Sentry's limits with us: at most this often, ms. */
export const APART_MS = 100;

/** Two requests a filter, one after the other. One filter's trouble is its own. */
export async function* survey(
  filters: readonly Filter[],
  window: Window,
  options: SurveyOptions,
  scope: Scope,
): AsyncGenerator<SurveyAnswer> {
  const day = { start: window.end - DAY_MS, end: window.end };
  for (const filter of filters) {
    try {
      const now = await countIn({ filter, window, want: 'totals' }, options, scope);
      const ofDay = await countIn({ filter, window: day, want: 'totals' }, options, scope);
      yield {
        filter,
        surveyed: { events: now.events, issues: now.issues, eventsOfDay: ofDay.events, issuesOfDay: ofDay.issues },
      };
    } catch (error) {
      yield { filter, fault: faultOf(error) };
    }
  }
}

async function countIn(
  ask: Ask,
  { client, projects, sleep }: SurveyOptions,
  scope: Scope,
): Promise<{ readonly events: number; readonly issues: number }> {
  const { selection, gaps } = await targetOf(ask, projects, scope);
  if (gaps.length > 0)
    throw new UpstreamError(
      `${client.name}: ${placed(gaps, ask.filter)
        .map(({ detail }) => detail)
        .join('; ')}`,
      { service: client.name, retryable: false },
    );
  await sleep(APART_MS, scope.signal);
  const {
    rows: [row],
  } = await readPage(
    client,
    { columns: { fields: ['count()', 'count_unique(issue.id)'], sort: [] }, selection },
    scope,
  );
  return row === undefined
    ? { events: 0, issues: 0 }
    : { events: numberIn(row, 'count()'), issues: numberIn(row, 'count_unique(issue.id)') };
}
