import * as z from 'zod/mini';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { KeyCheck } from '../../../../core/ports/source.ts';
import type { Client } from '../api/client.ts';
import type { Params } from '../api/query.ts';
import { placed } from '../names/to-mend.ts';
import { APART_MS, type SurveyOptions } from '../table/survey.ts';
import { type AskedTag, type SeenTags, tagsAskedBy, unseenOf } from './unseen.ts';

/** Why nothing can be said of tags. */
export const NO_TAG_KEYS = 'this server does not tell which tags it has seen';

/** As long as Sentry keeps events. */
const DAYS = 90;
/** With more projects in a request Sentry looks at a sample of the events; more keys it does not tell of. */
const MOST_PROJECTS = 50;
const MOST_KEYS = 1000;

/** One request for all filters of the same projects. One filter's trouble is its own. */
export async function* checkKeys(
  filters: readonly Filter[],
  options: SurveyOptions,
  scope: Scope,
): AsyncGenerator<KeyCheck> {
  const known = new Map<string, Promise<SeenTags | null>>();
  const seenIn = (ids: readonly string[]): Promise<SeenTags | null> => {
    const name = ids.toSorted().join(' ');
    const found = known.get(name) ?? readSeen(ids, options, scope);
    known.set(name, found);
    return found;
  };
  for (const filter of filters) {
    try {
      const projectIds = await projectsOf(filter, options, scope);
      const asked = tagsAskedBy(filter);
      yield asked.length === 0 ? { filter, remarks: [] } : checked(filter, asked, await seenIn(projectIds), options);
    } catch (error) {
      yield { filter, fault: faultOf(error) };
    }
  }
}

/** Also of a filter that asks for no tag: whether its projects can be read is told of each. */
async function projectsOf(
  filter: Filter,
  { client, projects }: SurveyOptions,
  scope: Scope,
): Promise<readonly string[]> {
  const resolved = await projects.resolve(filter.projects, scope);
  if (resolved.gaps.length === 0) return resolved.projects.map(({ id }) => id);
  const words = placed(resolved.gaps, filter).map(({ detail, reason }) => detail ?? reason);
  throw new UpstreamError(`${client.name}: ${words.join('; ')}`, { service: client.name, retryable: false });
}

/** `seen` null: this server has no such list. */
function checked(
  filter: Filter,
  asked: readonly AskedTag[],
  seen: SeenTags | null,
  { client }: SurveyOptions,
): KeyCheck {
  if (seen === null) return { filter, untold: `${client.name}: ${NO_TAG_KEYS}` };
  if (seen.keys.size > 0) return { filter, remarks: unseenOf(asked, seen) };
  return { filter, untold: `${client.name}: has seen no events of its projects in ${DAYS} days` };
}

/** Null: this server has no such list. */
async function readSeen(
  ids: readonly string[],
  { client, sleep }: SurveyOptions,
  scope: Scope,
): Promise<SeenTags | null> {
  const keys = new Set<string>();
  let isCut = false;
  for (let from = 0; from < ids.length; from += MOST_PROJECTS) {
    await sleep(APART_MS, scope.signal);
    const found = await readKeys(client, ids.slice(from, from + MOST_PROJECTS), scope);
    if (found === null) return null;
    for (const key of found) keys.add(key);
    isCut ||= found.length >= MOST_KEYS;
  }
  return { keys, isCut, days: DAYS };
}

const Keys = z.array(z.object({ key: z.string() }));

async function readKeys(client: Client, ids: readonly string[], scope: Scope): Promise<readonly string[] | null> {
  const period: Params = [
    ['statsPeriod', `${DAYS}d`],
    ['include_transactions', '0'],
  ];
  const params: Params = [...ids.map((id): [string, string] => ['project', id]), ...period];
  try {
    const parsed = Keys.safeParse((await client.get(client.url('tags'), params, scope)).body);
    if (parsed.success) return parsed.data.map(({ key }) => key);
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) return null;
    throw error;
  }
  throw new UpstreamError(`${client.name}: the list of tags is not what Sentry answers; check SENTRY_URL`, {
    service: client.name,
    status: 200,
    retryable: true,
  });
}
