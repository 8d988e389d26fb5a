import assert from 'node:assert/strict';
import { trackersOf } from '../../../src/app/examine/trackers.ts';
import { contentsOf, hitsOf } from '../../../src/app/tickets/contents.ts';
import { issuesIn } from '../../../src/app/tickets/issues.ts';
import type { KeptSample } from '../../../src/core/ports/events/event-store.ts';
import { eventOf } from '../../support/events/events.ts';
import { fakeStore } from '../../support/events/fake-store.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const ISSUE = { project: 'shop', id: 'a 1' };
const sample = (which: KeptSample['which'], text: string | null): KeptSample => ({
  ...{ which, at: AT, eventId: 'e', release: null, environment: null, user: null, tags: {} },
  sample: text === null ? null : { text, frames: [], context: [] },
});

function stage(...samples: readonly KeptSample[]) {
  const events = fakeStore();
  events.put('shop', eventOf('e1', { at: AT, issueId: ISSUE.id }));
  events.samples = async () => samples;
  const hits = [AT, AT + 5].map((at, n) => ({ at, user: null, eventId: `e${n}`, tags: {}, storedAt: at + 1 }));
  const store = { hits: async () => ({ hits, total: 7 }) };
  return { events, store };
}

describe('what a ticket says of an issue', () => {
  it('is its newest event, with a page where there is one, and the links of its events', async () => {
    const { events, store } = stage(sample('first', 'old'), sample('newest', 'new'));
    const linkOf = (project: string, { id }: { id: string }) => `https://logs.example.com/${project}/${id}`;
    const full = { events, store, base: 'https://monitor.example.com', linkOf };
    const content = (await contentsOf(full)(ISSUE))!;
    assert.deepEqual(
      [content.text, content.page, content.total, content.storedAt],
      ['new', 'https://monitor.example.com/issues/a%201?project=shop', 7, AT + 6],
    );
    assert.deepEqual(content.hits[0], { at: AT, user: null, url: 'https://logs.example.com/shop/e0' });
    const plain = (await contentsOf({ ...full, base: undefined, linkOf: undefined })(ISSUE))!;
    assert.deepEqual([plain.page, plain.hits[0]!.url], [null, null]);
    assert.deepEqual((await hitsOf(full)(ISSUE, 2)).more, 5);
  });

  it('has the text of the first event where no newest is kept, and none where none is', async () => {
    const text = async (...samples: readonly KeptSample[]) =>
      (await contentsOf({ ...stage(...samples), base: undefined, linkOf: undefined })(ISSUE))!.text;
    assert.equal(await text(sample('first', 'old')), 'old');
    assert.equal(await text(sample('newest', null)), null);
    assert.equal(await text(), null);
  });

  it('is nothing of an issue that no intake has', async () => {
    const { events, store } = stage();
    const given = { store, base: undefined, linkOf: undefined };
    assert.equal(await contentsOf({ ...given, events })({ ...ISSUE, id: 'b' }), null);
    assert.equal(await contentsOf({ ...given, events: undefined })(ISSUE), null);
  });
});

describe('issues that tickets are looked for', () => {
  it('are each noted once, with the text of their newest event', async () => {
    const { events } = stage(sample('newest', 'new'));
    const since = issuesIn(events, ['shop']);
    assert.deepEqual(await since(0), [{ issue: ISSUE, text: 'new' }]);
    assert.deepEqual(await since(0), []);
    events.samples = async () => [];
    assert.deepEqual(await issuesIn(events, ['shop'])(0), [{ issue: ISSUE, text: null }]);
  });

  it('are none without intakes', async () => {
    assert.deepEqual(await issuesIn(undefined, ['shop'])(0), []);
    assert.deepEqual(await issuesIn(stage().events, [])(0), []);
  });
});

describe('a system of tickets that is looked at', () => {
  const built = {};
  const wanted = { name: 'jira', section: 'tickets', configured: {}, variables: [] };
  const draft = (trackers: readonly unknown[], tickets: object | undefined) =>
    trackersOf({ config: { trackers, parts: [] }, tickets } as never);

  it('is the one that files set up', () => {
    const [found, ...others] = draft([wanted], { built });
    assert.deepEqual([found!.name, found!.built, found!.filters, others], ['jira', built, [], []]);
    assert.deepEqual(draft([], { built }), []);
    assert.deepEqual(draft([{ ...wanted, configured: undefined }], { built }), []);
    assert.deepEqual(draft([wanted], undefined), []);
  });
});
