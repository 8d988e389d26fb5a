import type { Program } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { faultOf } from '../../core/model/errors.ts';
import { HOUR_MS } from '../../core/model/window.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { Intake, IntakeOrder, Taken } from '../../core/ports/events/intake.ts';
import { many } from '../../platform/numbers.ts';

export interface Order {
  /** It ends when nothing is left. */
  readonly isOnce: boolean;
  /** Records of each intake at most; undefined: all. */
  readonly limit: number | undefined;
  readonly json: boolean;
  /** As in `IntakeOrder`. */
  readonly file?: string | undefined;
  readonly days?: IntakeOrder['days'];
}

interface Around {
  readonly world: World;
  readonly program: Pick<Program, 'openScope' | 'redact'>;
}

type Sums = Omit<Taken, 'isDrained' | 'issues'>;
const NONE: Sums = { read: 0, stored: 0, repeats: 0, rejects: 0 };

/** After nothing was left, and after trouble, ms. */
const PAUSE_MS = { drained: 1_000, trouble: 30_000 };

/** So long nothing comes behind a record of a log until it is told, ms. */
const OPEN_MS = 10_000;

/** Reads intakes side by side, and says of each what it came to. Gives back the exit code. */
export async function readAll(
  intakes: readonly Intake[],
  store: EventStore,
  order: Order,
  around: Around,
): Promise<number> {
  const ends = await Promise.all(intakes.map((intake) => readOne(intake, store, order, around)));
  return ends.every((isRead) => isRead) ? 0 : 1;
}

/** True: the last look was no trouble. */
async function readOne(intake: Intake, store: EventStore, order: Order, around: Around): Promise<boolean> {
  const { world, program } = around;
  let [sums, trouble]: [Sums, string | null] = [NONE, null];
  const issues = new Set<string>();
  let isFirst = true;
  while (!world.shutdown.aborted) {
    const before: string | null = trouble;
    const taken = await lookOnce(intake, store, isFirst ? order : { ...order, days: undefined }, around);
    isFirst = false;
    trouble = typeof taken === 'string' ? taken : (taken.trouble ?? null);
    if (typeof taken !== 'string') {
      sums = added(sums, taken);
      for (const id of taken.issues) issues.add(id);
    }
    // The same trouble is said once, until it was over.
    if (trouble !== null && trouble !== before) world.err.write(`${intake.name}: ${trouble}\n`);
    const isLeft = typeof taken !== 'string' && !taken.isDrained && order.limit === undefined;
    if (order.isOnce && !isLeft) break;
    if (!isLeft) await pause(trouble === null ? PAUSE_MS.drained : PAUSE_MS.trouble, world);
  }
  world.out.write(program.redact(textOf({ intake: intake.name, ...sums, issues: issues.size }, order.json)));
  return trouble === null;
}

async function lookOnce(
  intake: Intake,
  store: EventStore,
  { limit, isOnce, file, days }: Order,
  { program }: Around,
): Promise<Taken | string> {
  const scope = program.openScope('intake', HOUR_MS);
  try {
    return await intake.take(store, { limit, openAfterMs: isOnce ? 0 : OPEN_MS, file, days }, scope);
  } catch (error) {
    return program.redact(faultOf(error).message);
  } finally {
    scope.close();
  }
}

async function pause(ms: number, { sleep, shutdown }: World): Promise<void> {
  await sleep(ms, shutdown).catch(() => undefined);
}

function added(a: Sums, b: Sums): Sums {
  return {
    read: a.read + b.read,
    stored: a.stored + b.stored,
    repeats: a.repeats + b.repeats,
    rejects: a.rejects + b.rejects,
  };
}

interface Said extends Sums {
  readonly intake: string;
  /** Distinct ones of all looks. */
  readonly issues: number;
}

function textOf(said: Said, json: boolean): string {
  if (json) return `${JSON.stringify(said)}\n`;
  const { intake, read, stored, repeats, rejects, issues } = said;
  const found = `${stored} stored in ${many(issues, 'issue')}`;
  return `${intake}: ${read} read: ${found}, ${repeats} known, ${rejects} rejected\n`;
}
