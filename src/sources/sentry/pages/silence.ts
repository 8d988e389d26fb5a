import { z } from 'zod';
import type { Scope } from '../../../core/ports.ts';
import type { Gap, Window } from '../../../core/types.ts';
import { UpstreamError } from '../../../core/errors.ts';
import type { Client } from '../client.ts';
import { LIVELY, silent, unasked } from '../freshness.ts';
import type { Project } from '../projects.ts';
import { instantOf } from './event.ts';
import { readProject, type ProjectEnd } from './project.ts';

const HOUR_MS = 3_600_000;
/** Enough for a count of LIVELY. */
const MAX_PAGES = 3;
const Newest = z.array(z.object({ lastSeen: z.string().nullish() })).max(1);

export interface SilenceOptions {
  readonly client: Client;
  now(): number;
}

/**
 * The same question as to the table, answered by what such a server has: nothing happened in the filters' projects, plenty in the
 * hour before, and no issue of any other project was seen since.
 */
export async function findSilence(window: Window, read: readonly { readonly project: Project; readonly end: ProjectEnd }[], { client, now }: SilenceOptions, scope: Scope): Promise<Gap | null> {
  if (read.length === 0 || read.some(({ end }) => end.events > 0 || end.gaps.length > 0)) return null;
  const hour = { start: window.start - HOUR_MS, end: window.start };
  let before = 0;
  const take = (): boolean => ++before < LIVELY;
  for (const { project } of read) if (before < LIVELY) await readProject({ client, project, window: hour, maxPages: MAX_PAGES, now, take }, scope);
  if (before < LIVELY) return null;
  return elsewhere(client, window, scope, silent(client.org, `at least ${LIVELY}`));
}

/** Null when another project is alive. A server that has no issues of an organization (Sentry 8, SA §12.2) cannot tell: then these projects speak for all. */
async function elsewhere(client: Client, { start }: Window, scope: Scope, gap: Gap): Promise<Gap | null> {
  try {
    const { body } = await client.get(client.url('issues'), [['query', ''], ['sort', 'date'], ['limit', '1']], scope);
    const newest = instantOf(Newest.parse(body)[0]?.lastSeen);
    return newest !== null && newest >= start ? null : gap;
  } catch (error) {
    return error instanceof UpstreamError && error.status === 404 ? gap : unasked(error);
  }
}
