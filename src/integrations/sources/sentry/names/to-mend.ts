import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap, GapReason } from '../../../../core/model/gap.ts';
import { type Filter, whereIs } from '../../../../core/model/filter.ts';
import type { Reading } from '../../../../core/model/reading.ts';

/** Gaps that a change of the filter may fill, by reason the key that says it. */
const KEYS: Readonly<Partial<Record<GapReason, keyof Filter>>> = {
  project_not_found: 'projects',
  project_forbidden: 'projects',
  environment_not_found: 'environments',
};

/** Gaps of a filter, those that it causes itself with the place in its file. */
export function placed(gaps: readonly Gap[], filter: Filter): readonly Gap[] {
  return gaps.map((gap) => {
    const key = KEYS[gap.reason];
    return key === undefined ? gap : { ...gap, detail: `${whereIs(filter, key)}: ${gap.detail ?? gap.reason}` };
  });
}

/** So many projects are named in one sentence. */
const MOST_NAMED = 3;

/** The error of a filter of which no project can be read; null: there is one. `service`: who was asked. */
export function withoutProjects(
  filter: Filter,
  { gaps }: Pick<Reading, 'gaps'>,
  service: string,
): UpstreamError | null {
  const lost = filter.projects.map((slug) =>
    gaps.find(({ reason, project }) => KEYS[reason] === 'projects' && project === slug),
  );
  if (lost.some((gap) => gap === undefined)) return null;
  const words = lost.slice(0, MOST_NAMED).map((gap) => gap!.detail ?? gap!.reason);
  const more = lost.length > words.length ? [`and ${lost.length - words.length} more`] : [];
  const where = filter.place === undefined ? '' : `${whereIs(filter, 'projects')}: `;
  return new UpstreamError(
    `${where}filter ${filter.name}: none of its projects can be read: ${[...words, ...more].join('; ')}`,
    { service, retryable: false, gaps: placed(gaps, filter) },
  );
}
