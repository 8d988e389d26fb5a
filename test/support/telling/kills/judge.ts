import assert from 'node:assert/strict';
import type { Moment } from './places.ts';
import type { Killed } from './story.ts';

/** What is out at a moment, and posts and lines in the end; what a kill at any instant makes is not known. */
const TOLD: Readonly<Record<Exclude<Moment, 'any' | 'log written'>, readonly [number, number, number]>> = {
  deciding: [0, 1, 1],
  forming: [0, 1, 1],
  beginning: [1, 1, 1],
  posted: [2, 2, 1],
  'hook noted': [2, 2, 1],
  'log noted': [2, 1, 2],
};

/**
 * Each alert is in one message of the webhook, whose repeats have its id, and in the log once; a second line says that
 * it may be a repeat. Each moment did what it is there for.
 */
export function judgeKills(all: readonly Killed[]): void {
  for (const { moment, alert, before, posts, lines } of all) {
    const what = `${alert}, killed at ${moment}`;
    assert.equal(new Set(posts.map(({ id }) => id)).size, 1, `${what}: in one message`);
    assert.doesNotMatch(lines[0]!, /repeat/, what);
    assert.ok(lines.length <= 2, `${what}: ${lines.length} times in the log`);
    if (lines.length === 2) assert.match(lines[1]!, /^May be a repeat: /, what);
    if (moment === 'log written') assert.equal(lines.length, 2, what);
    else if (moment !== 'any') assert.deepEqual([before, posts.length, lines.length], TOLD[moment], what);
  }
}

/** `12 deciding, 12 forming; 20 posts repeated with their id, 10 lines repeated and marked` */
export function killsText(all: readonly Killed[]): string {
  const moments = [...Map.groupBy(all, ({ moment }) => moment)].map(([moment, some]) => `${some.length} ${moment}`);
  let [posts, lines] = [0, 0];
  for (const it of all) {
    posts += it.posts.length - 1;
    lines += it.lines.length - 1;
  }
  return `${moments.join(', ')}; ${posts} posts repeated with their id, ${lines} lines repeated and marked`;
}
