import { isoOf } from '../../../../core/model/window.ts';
import type { IntakeStore } from '../../../../core/ports/events/intake.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { AWAITED_MS, coverageOf } from './coverage.ts';
import { type Position, positionIn } from './position.ts';

export interface Moving {
  /** Of the intake. */
  readonly name: string;
  readonly store: Pick<IntakeStore, 'add' | 'cursors' | 'objects'>;
  readonly scope: Scope;
  now(): number;
}

export async function readPosition({ name, store }: Pick<Moving, 'name' | 'store'>): Promise<Position> {
  const [cursor] = await store.cursors([name]);
  return positionIn(cursor?.position ?? null);
}

/** Notes how far all was read, and what is missing; a stretch that no archive came of is told once. */
export async function moveOn(moving: Moving, live: Position['live'] | undefined = undefined): Promise<void> {
  const { name, store, scope } = moving;
  const before = await readPosition(moving);
  const next = live === undefined ? before.live : live;
  const coverage = coverageOf(await store.objects.all(name), next?.spans ?? [], moving.now());
  const overdue = (coverage?.missing ?? []).filter(
    ({ end }) => end > before.told && end + AWAITED_MS <= moving.now(),
  );
  const position: Position = { live: next, told: overdue.at(-1)?.end ?? before.told };
  await store.add({
    project: name,
    events: [],
    cursor: {
      ...{ name: '', position: JSON.stringify(position), watermark: coverage?.until ?? null },
      ...(coverage === null ? {} : { since: coverage.since, missing: coverage.missing }),
    },
  });
  if (overdue.length === 0) return;
  const spans = overdue.map(({ start, end }) => `${isoOf(start)} to ${isoOf(end)}`);
  scope.log.warn({ intake: name, missing: spans.slice(0, 10), count: overdue.length }, 'archives missing');
}
