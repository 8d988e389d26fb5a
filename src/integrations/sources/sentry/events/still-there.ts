import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Project, Projects } from '../api/projects.ts';
import type { ProjectEnd } from './project.ts';

/**
 * The end of a project's reading, judged anew where nothing at all was listed: GlitchTip lists the events of a project
 * that is gone, or that the token may no longer see, as none (200). Then its list of projects decides: the project is
 * empty, or gone, or nobody knows.
 */
export async function judgeBlank(
  end: ProjectEnd,
  { slug }: Project,
  projects: Projects,
  scope: Scope,
): Promise<ProjectEnd> {
  if (!end.isBlank || !projects.isGlitchTip()) return end;
  try {
    const { gaps } = await projects.resolve([slug], scope, { maxAgeMs: 0, older: 'never' });
    const [gone] = gaps;
    return gone === undefined ? end : lost(end, gone, new UpstreamError(gone.detail ?? gone.reason, FINAL));
  } catch (error) {
    const why = faultOf(error).message;
    const detail = `it lists no events at all, and whether it is still there could not be asked: ${why}`;
    return lost(end, { part: 'totals', reason: 'not_answered', project: slug, detail }, error as Error);
  }
}

const FINAL = { service: 'sentry', retryable: false };

/** As if no page had been read: there is no total. */
function lost(end: ProjectEnd, gap: Gap, failure: Error): ProjectEnd {
  return { ...end, pages: 0, gaps: [...end.gaps, gap], failure };
}
