import * as z from 'zod/mini';
import type { Finding } from '../../../../core/ports/finding.ts';
import { nearestOf } from '../../../../platform/nearest.ts';
import type { Client, RequestScope } from '../api/client.ts';
import { isHosted } from '../api/links.ts';
import { NoOrganization } from '../api/list-projects.ts';

const Organization = z.object({ links: z.object({ regionUrl: z.string() }) });
const Organizations = z.array(z.object({ slug: z.string() }));

/** Whether requests go to the organization's own region; nothing where there are none, or Sentry does not say. */
export async function regionFound(
  name: string,
  origin: string,
  client: Client,
  scope: RequestScope,
): Promise<readonly Finding[]> {
  if (!isHosted(origin)) return [];
  const parsed = Organization.safeParse((await client.get(client.url(), [], scope)).body);
  if (!parsed.success || !URL.canParse(parsed.data.links.regionUrl)) return [];
  const region = new URL(parsed.data.links.regionUrl).origin;
  const check = { check: `${name} region`, variable: 'SENTRY_URL' };
  if (region === origin || !isHosted(region)) return [];
  return [
    {
      ...check,
      status: 'warning',
      say: `${client.org} is in ${region}, and ${origin} only passes requests on; write ${region}`,
    },
  ];
}

/** Which organizations the token may see. */
export interface OrganizationHint {
  readonly words: string;
  /** Its slug, where one of them was probably meant. */
  readonly meant: string | undefined;
}

/** Undefined: it cannot be had. */
export async function organizationHint(client: Client, scope: RequestScope): Promise<OrganizationHint | undefined> {
  try {
    const parsed = Organizations.safeParse((await client.get(client.organizationsUrl, [], scope)).body);
    const slugs = parsed.success ? parsed.data.map(({ slug }) => slug) : [];
    const meant = nearestOf(client.org, slugs) ?? (slugs.length === 1 ? slugs[0] : undefined);
    if (meant !== undefined) return { words: `did you mean ${meant}?`, meant };
    return slugs.length === 0 ? undefined : { words: `it may see ${slugs.slice(0, MOST_TOLD).join(', ')}`, meant };
  } catch {
    return undefined;
  }
}

/** An error of an organization that is not there, with the one that was probably meant; others as they are. */
export async function withMeant(error: unknown, client: Client, scope: RequestScope): Promise<unknown> {
  if (!(error instanceof NoOrganization)) return error;
  const hint = await organizationHint(client, scope);
  return hint === undefined ? error : new NoOrganization(`${error.message}; ${hint.words}`, error.facts, hint.meant);
}

/** So many names are told. */
const MOST_TOLD = 5;
