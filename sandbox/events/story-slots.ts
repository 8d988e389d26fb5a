import { DAY, type SandboxEvent, SLOT, type Story } from '../types.ts';

/** Older story events are gone: a question over 90 days need not make 26,000 slots. */
export const STORY_REACH = 16 * DAY;

/** Slots that overlap the span, up to the one of `now`. */
export function* storySlots(
  story: Story | undefined,
  start: number,
  end: number,
  now: number,
): Generator<readonly SandboxEvent[]> {
  if (story === undefined) return;
  const from = Math.floor(Math.max(start, now - STORY_REACH) / SLOT) * SLOT;
  for (let at = from; at < end && at <= now; at += SLOT) yield story.slotAt(at);
}
