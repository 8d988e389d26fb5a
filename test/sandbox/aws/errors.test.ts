import assert from 'node:assert/strict';
import { queuedErrors } from '../../../sandbox/aws/errors.ts';
import { bodyOf } from '../../../src/integrations/intakes/sqs/body.ts';
import { readEvent } from '../../../src/integrations/intakes/sqs/event.ts';

const START = Date.UTC(2026, 10, 20, 10);
const HOUR = 3_600_000;

describe('errors for a queue', () => {
  it('are the same for the same span, lie in it, and are events of Sentry but for one', () => {
    const bodies = queuedErrors(START, START + HOUR, false);
    assert.deepEqual(bodies, queuedErrors(START, START + HOUR, false));
    const [times, rejects, ids]: [number[], string[], string[]] = [[], [], []];
    for (const text of bodies) {
      const body = bodyOf(text, undefined);
      const read = body.kind === 'event' ? readEvent(body.fields, 0) : { reason: body.kind };
      if ('event' in read) times.push(read.event.at);
      else rejects.push(read.reason);
      if ('event' in read) ids.push(read.event.id);
    }
    assert.deepEqual(rejects, ['reject']);
    assert.ok(times.every((at) => at >= START && at < START + HOUR));
    assert.equal(ids.length - new Set(ids).size, 4);
    assert.ok(ids.every((id) => /^[0-9a-f]{32}$/.test(id)));
  });

  it('surge at the end, where one is new', () => {
    const issuesOf = (surges: boolean): Map<unknown, number> => {
      const counts = new Map<unknown, number>();
      for (const text of queuedErrors(START, START + HOUR, surges).slice(0, -1)) {
        const { groupID } = JSON.parse(text);
        counts.set(groupID, (counts.get(groupID) ?? 0) + 1);
      }
      return counts;
    };
    const [calm, loud] = [issuesOf(false), issuesOf(true)];
    assert.deepEqual([calm.has('4105'), loud.has('4105')], [false, true]);
    assert.ok(loud.get('4101')! > calm.get('4101')! + 15);
  });
});
