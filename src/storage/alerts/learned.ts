import type { IssueFacts } from '../../core/model/alerting/facts.ts';

/**
 * What is known of an issue after another window: the newest that a window said of it, and the earliest first event.
 * Counts and judgements are no window's.
 */
export function learned(before: IssueFacts | null, said: IssueFacts, isNewer: boolean): IssueFacts {
  const [first, second] = isNewer ? [said, before] : [before ?? said, said];
  const status = first.status ?? second?.status;
  return {
    ...NOTHING,
    id: said.id,
    project: first.project,
    title: first.title ?? second?.title ?? null,
    culprit: first.culprit ?? second?.culprit ?? null,
    level: first.level ?? second?.level ?? null,
    firstSeen: earliest(before?.firstSeen ?? null, said.firstSeen),
    url: first.url,
    ...(status === undefined ? {} : { status }),
  };
}

const NOTHING = { events: 0, users: 0, isNew: null, isBack: null, trending: false, score: null, expected: null };

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
