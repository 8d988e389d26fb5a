import { DAY, type SandboxEvent, SLOT, type Story } from '../types.ts';

/** Older story events are gone: a question over 90 days need not make 26,000 slots. */
export const STORY_REACH = 16 * DAY;

type Asked = {
  readonly start: number;
  readonly end: number;
  readonly now: number;
  readonly issues?: ReadonlySet<string> | undefined;
};

/** Slots that overlap the span, up to the one of `now`. */
export function* storySlots(
  story: Story | undefined,
  { start, end, now, issues }: Asked,
): Generator<readonly SandboxEvent[]> {
  if (story === undefined) return;
  const from = Math.floor(Math.max(start, now - STORY_REACH) / SLOT) * SLOT;
  for (let at = from; at < end && at <= now; at += SLOT)
    yield issues === undefined ? story.slotAt(at) : story.ofIssuesAt(at, issues);
}
