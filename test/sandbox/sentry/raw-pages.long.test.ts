import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventInput, FlavourName, Sandbox } from '../../../sandbox/index.ts';
import { allPages, type Answered, at, box, idsOf, linkTo, NOW, rawEvents, TEN } from '../support.ts';

/** `shifts`: its cursors are offsets, so that an event comes again for each that arrived above it. */
type Kind = {
  readonly name: string;
  readonly flavour: FlavourName;
  readonly oldRelease?: '10.x' | '9.x';
  readonly size: string;
  readonly shifts: boolean;
};

const KINDS: readonly Kind[] = [
  { name: 'sentry', flavour: 'sentry', size: 'per_page', shifts: true },
  { name: 'sentry-2019, 10.x', flavour: 'sentry-2019', size: 'per_page', shifts: true },
  { name: 'sentry-2019, 9.x', flavour: 'sentry-2019', oldRelease: '9.x', size: 'per_page', shifts: false },
  { name: 'glitchtip', flavour: 'glitchtip', size: 'limit', shifts: false },
];

async function open({ flavour, oldRelease }: Kind): Promise<Sandbox> {
  const sandbox = await box({ flavour });
  sandbox.world.settings.oldRelease = oldRelease ?? '10.x';
  sandbox.world.addProject({ slug: 'web', id: 101 });
  sandbox.world.addProject({ slug: 'api', id: 102 });
  return sandbox;
}

/** Few seconds, so that many events share one; some have not arrived yet. */
const events: fc.Arbitrary<EventInput[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 8 }).map((seconds) => TEN + seconds * 1000),
    arrivedAt: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }).map((seconds) => TEN + seconds * 1000) },
      { weight: 1, arbitrary: fc.constant(NOW + 1) },
    ),
    project: fc.constantFrom('web', 'web', 'web', 'api'),
    repeat: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 12 },
);

describe('sandbox: pages of raw events', () => {
  for (const kind of KINDS) {
    describe(kind.name, () => {
      let sandbox: Sandbox;
      beforeEach(async () => {
        sandbox = await open(kind);
      });
      afterEach(() => sandbox.close());

      it('hold each event that has arrived once, and there and back again', async () => {
        await fc.assert(
          fc.asyncProperty(events, fc.integer({ min: 1, max: 20 }), async (inputs, size) => {
            sandbox.world.reset();
            sandbox.world.setFlavour(kind.flavour);
            sandbox.world.settings.oldRelease = kind.oldRelease ?? '10.x';
            for (const slug of ['web', 'api']) sandbox.world.addProject({ slug });
            const added = sandbox.world.addEvents(inputs);
            const web = sandbox.world.projects()[0]?.id;
            const expected = added
              .filter((event) => event.projectId === web && event.arrivedAt <= NOW)
              .map((event) => event.id);
            const pages = await allPages(sandbox, 'web', `${kind.size}=${String(size)}`);
            const ids = pages.flatMap(idsOf);
            assert.deepEqual(ids.toSorted(), expected.toSorted());
            for (const page of pages.slice(0, -1)) assert.equal(page.length, size);
            assert.deepEqual(await backwards(sandbox, `${kind.size}=${String(size)}`, pages.length), ids);
          }),
          { numRuns: 60 },
        );
      });

      it('of 20,000 events in a window cost little each, also while more arrive', async () => {
        for (let i = 0; i < 200; i++)
          sandbox.world.addEvents([
            at((i * 7919) % 300, {
              project: 'web',
              issue: 1 + (i % 200),
              title: `E: ${String(i)}`,
              environment: 'production',
              repeat: 100,
            }),
          ]);
        const seen = new Set<string>();
        let pages = 0;
        let doubled = 0;
        for (let cursor: string | undefined = ''; cursor !== undefined; pages++) {
          const answer: Answered = await rawEvents(
            sandbox,
            'web',
            `${kind.size}=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
          );
          for (const id of idsOf(answer.body)) {
            if (seen.has(id)) doubled++;
            seen.add(id);
          }
          if (pages % 50 === 0) sandbox.world.addEvents([at(310, { project: 'web', issue: 1 })]);
          const next = linkTo('next', answer);
          cursor = next?.results === 'true' ? next.cursor : undefined;
        }
        assert.deepEqual([seen.size, doubled, pages], kind.shifts ? [20_000, 4, 201] : [20_000, 0, 200]);
      });
    });
  }
});

/** From the last page back to the first, by `previous`, as one list in order. */
async function backwards(sandbox: Sandbox, query: string, count: number): Promise<string[]> {
  let answer = await rawEvents(sandbox, 'web', query);
  for (let i = 1; i < count; i++)
    answer = await rawEvents(
      sandbox,
      'web',
      `${query}&cursor=${encodeURIComponent(linkTo('next', answer)?.cursor ?? '')}`,
    );
  const pages = [idsOf(answer.body)];
  for (let i = 1; i < count; i++) {
    answer = await rawEvents(
      sandbox,
      'web',
      `${query}&cursor=${encodeURIComponent(linkTo('previous', answer)?.cursor ?? '')}`,
    );
    pages.unshift(idsOf(answer.body));
  }
  assert.equal(linkTo('previous', answer)?.results, 'false');
  return pages.flat();
}
