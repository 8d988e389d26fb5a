import * as z from 'zod/mini';
import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { WEB_PAGE } from '../../../../platform/http/failure.ts';
import type { Client } from './client.ts';
import { isHosted } from './links.ts';

/** 100 projects a page; GlitchTip does not know `per_page` and has 50. */
const MAX_PAGES = 400;

/** `eventThrottleRate` is GlitchTip's own (its source, 5.2 and before). */
const Listing = z.array(
  z.object({
    id: z.pipe(z.union([z.string(), z.number()]), z.transform(String)),
    slug: z.string(),
    hasAccess: z.catch(z.optional(z.boolean()), undefined),
    environments: z.catch(z.optional(z.array(z.string())), undefined),
    teams: z.catch(z.optional(z.array(z.object({ slug: z.string() }))), undefined),
    eventThrottleRate: z.optional(z.unknown()),
  }),
);

/** A project that can be asked for. */
export interface Project {
  readonly slug: string;
  readonly id: string;
  /** What the list says; undefined: nothing. False alone refuses nothing: whether it can be read is seen by asking. */
  readonly hasAccess?: boolean | undefined;
  /** Names of those it has had events in, without hidden ones; undefined: the list does not say (GlitchTip). */
  readonly environments?: readonly string[] | undefined;
  /** Slugs; undefined: the list does not say. */
  readonly teams?: readonly string[] | undefined;
}

export interface ProjectList {
  readonly bySlug: ReadonlyMap<string, Project>;
  readonly isGlitchTip: boolean;
}

/** Nobody monitors an organization without projects: the token sees none of them, or something else answered. */
export class NoProjects extends UpstreamError {}

/** What is asked is no organization of this server that the token may see; or the server is no Sentry. */
export class NoOrganization extends UpstreamError {
  /** Slug of the one that was probably meant. */
  readonly meant: string | undefined;

  constructor(message: string, facts: UpstreamError['facts'], meant?: string) {
    super(message, facts);
    this.meant = meant;
  }
}

function noOrganization({ facts }: UpstreamError, { name, org, organizationsUrl }: Client): UpstreamError {
  const { origin } = new URL(organizationsUrl);
  if (facts.detail === WEB_PAGE)
    return new UpstreamError(
      `${name}: answered 404 with ${WEB_PAGE}: ${origin} is no Sentry there; check SENTRY_URL`,
      facts,
    );
  const region = isHosted(organizationsUrl)
    ? ', and the region in SENTRY_URL (https://us.sentry.io, https://de.sentry.io)'
    : ' and SENTRY_URL';
  return new NoOrganization(
    `${name}: answered 404: no organization ${org} at ${origin} that the token may see; check SENTRY_ORG${region}`,
    facts,
  );
}

/** All pages of the organization's list. */
export async function listProjects(client: Client, scope: Scope): Promise<ProjectList> {
  const bySlug = new Map<string, Project>();
  let isGlitchTip = false;
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const params: [string, string][] = [
      ['per_page', '100'],
      ...(cursor === null ? [] : [['cursor', cursor] as [string, string]]),
    ];
    const page = await client.get(client.url('projects'), params, scope).catch((error: unknown) => {
      throw error instanceof UpstreamError && error.status === 404 ? noOrganization(error, client) : error;
    });
    const parsed = Listing.safeParse(page.body);
    if (!parsed.success)
      throw new UpstreamError(`${client.name}: the list of projects is not what Sentry documents; check SENTRY_URL`, {
        service: client.name,
        status: 200,
        retryable: true,
      });
    for (const { eventThrottleRate, teams, ...project } of parsed.data) {
      const own = teams === undefined ? {} : { teams: teams.map(({ slug }) => slug) };
      bySlug.set(project.slug, { ...project, ...own });
      isGlitchTip ||= eventThrottleRate !== undefined;
    }
    isGlitchTip ||= page.isGlitchTip;
    if (page.next === null || page.next === cursor) break;
    cursor = page.next;
  }
  if (bySlug.size === 0)
    throw new NoProjects(`${client.name}: the list of projects is empty; check SENTRY_ORG and what the token may see`, {
      service: client.name,
      status: 200,
      retryable: true,
    });
  return { bySlug, isGlitchTip };
}
