import { openSource } from '../../app/by-hand/open-source.ts';
import type { World } from '../../app/world.ts';
import { faultOf, UpstreamError } from '../../core/model/errors.ts';
import type { SourceProject } from '../../core/ports/source.ts';
import { NoOrganization } from '../../integrations/sources/sentry/index.ts';
import { type Answers, type Desk, Refused } from './answers.ts';

const LIMIT_MS = 60_000;

/** Asks for address, organization and token until Sentry tells its projects. Throws a Refused when nobody is there. */
export async function askSentry(answers: Answers, { world, asker, say }: Desk): Promise<readonly SourceProject[]> {
  for (;;) {
    if (asker !== undefined && answers.get('SENTRY_URL') === undefined) await answers.ask('SENTRY_URL');
    for (const variable of ['SENTRY_URL', 'SENTRY_ORG', 'SENTRY_AUTH_TOKEN'])
      if (answers.get(variable) !== undefined || variable !== 'SENTRY_URL') await answers.fill(variable);
    say('asking Sentry which projects there are ...');
    const told = await projectsOf({ ...world, env: answers.env() });
    if (!('fault' in told)) return told;
    if (asker === undefined || world.shutdown.aborted) throw new Refused(told.fault);
    say(`   ${told.fault}`);
    if (told.meant !== undefined) await answers.ask('SENTRY_ORG', told.meant);
    else for (const variable of blamed(told.status)) await answers.ask(variable);
  }
}

interface Untold {
  readonly fault: string;
  readonly status: number | undefined;
  /** The organization that was probably meant. */
  readonly meant: string | undefined;
}

async function projectsOf(world: World): Promise<readonly SourceProject[] | Untold> {
  const { source, openScope, redact } = openSource('sentry', world);
  const scope = openScope('init', LIMIT_MS);
  try {
    return (await source.projects?.(scope)) ?? [];
  } catch (error) {
    const status = error instanceof UpstreamError ? error.status : undefined;
    const meant = error instanceof NoOrganization ? error.meant : undefined;
    return { fault: redact(faultOf(error).message), status, meant };
  } finally {
    scope.close();
  }
}

/** What is asked for again. A 404 may also come from the region where the organization is not. */
function blamed(status: number | undefined): readonly string[] {
  if (status === 401 || status === 403 || status === 200) return ['SENTRY_AUTH_TOKEN'];
  return status === 404 ? ['SENTRY_ORG', 'SENTRY_URL'] : ['SENTRY_URL'];
}
