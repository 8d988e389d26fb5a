import * as z from 'zod/mini';
import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Located } from '../../../../core/ports/source.ts';
import type { Client } from '../api/client.ts';

const Resolved = z.object({ groupId: z.union([z.string(), z.number()]), projectSlug: z.string() });

/** By Sentry's "resolve an event id"; GlitchTip has none, and knows no event so. */
export async function locate(eventId: string, client: Client, scope: Scope): Promise<Located | null> {
  try {
    const { body } = await client.get(client.url('eventids', eventId), [], scope);
    const { groupId, projectSlug } = z.parse(Resolved, body);
    return { issue: String(groupId), project: projectSlug };
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) return null;
    throw error;
  }
}
