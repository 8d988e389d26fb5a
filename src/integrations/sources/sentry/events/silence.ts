import * as z from 'zod/mini';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import { HOUR_MS, type Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { instantOf } from '../api/instant.ts';
import { LIVELY, silent, unasked } from '../api/silence.ts';
import type { Projects } from '../api/projects.ts';
import { hourlyRate } from './hourly.ts';
import { readProject } from './project.ts';
import type { WasRead } from './shared.ts';

/** Enough for a count of LIVELY. */
const MAX_PAGES = 3;
const Newest = z.array(z.object({ lastSeen: z.nullish(z.string()) })).check(z.maxLength(1));

export interface SilenceOptions extends Pick<Clock, 'now'> {
  readonly client: Client;
  readonly projects: Pick<Projects, 'isGlitchTip'>;
}

/**
 * The same question as to the table, answered by what such a server has: nothing happened in the filters' projects,
 * plenty in the hour before, and no issue of any other project was seen in the window. Projects that were not wholly
 * read say nothing.
 */
export async function findSilence(
  window: Window,
  all: readonly WasRead[],
  options: SilenceOptions,
  scope: Scope,
): Promise<Gap | null> {
  const read = all.filter(({ end }) => end.gaps.length === 0);
  if (read.length === 0 || all.some(({ end }) => end.events > 0)) return null;
  const { client, projects } = options;
  const names = read.map(({ project }) => project);
  const rate = projects.isGlitchTip() ? await hourlyRate(names, window, client, scope) : null;
  if (rate === null) return findByPages(window, read, options, scope);
  return rate < LIVELY ? null : elsewhere(client, window, scope, silent(client.org, `about ${Math.round(rate)}`));
}

/** The same by the pages of the hour before. */
async function findByPages(
  window: Window,
  read: readonly WasRead[],
  { client, now, projects }: SilenceOptions,
  scope: Scope,
): Promise<Gap | null> {
  const hour = { start: window.start - HOUR_MS, end: window.start };
  const isGlitchTip = projects.isGlitchTip();
  const unread: Gap[] = [];
  let before = 0;
  const take = (): boolean => ++before < LIVELY;
  for (const { project, end } of read) {
    if (before >= LIVELY) break;
    // Servers that ignore dates list what is newer first, as they did for the window.
    const { gaps } = await readProject(
      { client, project, window: hour, maxPages: end.pages + MAX_PAGES, isGlitchTip, now, take },
      scope,
    );
    unread.push(...gaps);
  }
  if (before < LIVELY) return unread[0] === undefined ? null : unasked(unread[0].detail ?? unread[0].reason);
  return elsewhere(client, window, scope, silent(client.org, `at least ${LIVELY}`));
}

/**
 * Null when another project is alive. A server that has no issues of an organization (Sentry 8) cannot tell:
 * then these projects speak for all.
 */
async function elsewhere(client: Client, { start, end }: Window, scope: Scope, gap: Gap): Promise<Gap | null> {
  try {
    const { body } = await client.get(
      client.url('issues'),
      [
        ['query', ''],
        ['limit', '1'],
      ],
      scope,
    );
    const list = Newest.safeParse(body);
    if (!list.success) return unasked(`${client.name}: the issues are no list`);
    const newest = instantOf(list.data[0]?.lastSeen);
    if (newest === null || newest < start) return gap;
    return newest < end
      ? null
      : unasked('an issue was seen after the window, and whether one was seen in it cannot be told');
  } catch (error) {
    return error instanceof UpstreamError && error.status === 404 ? gap : unasked(faultOf(error).message);
  }
}
