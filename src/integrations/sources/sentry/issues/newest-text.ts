import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Client, RequestScope } from '../api/client.ts';
import { tracebackOf } from './traceback.ts';

/** So often it is asked: somebody waits for it. */
const TRIES = 2;

/**
 * What an issue's newest event says, by Sentry's "retrieve an issue event". Servers of before 2023 and GlitchTip have
 * it outside of the organization. Null: there is no such event, or it says nothing.
 */
export async function newestText(issueId: string, client: Client, scope: RequestScope): Promise<string | null> {
  for (const url of [client.url('issues', issueId, 'events', 'latest'), client.issueUrl(issueId, 'events', 'latest')]) {
    try {
      return tracebackOf((await client.get(url, [], { ...scope, tries: TRIES })).body);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.status !== 404) throw error;
    }
  }
  return null;
}
