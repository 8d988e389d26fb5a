import type { Posted } from '../core/ports/alerting/desk.ts';
import type { Metrics } from '../integrations/observers/metrics/index.ts';
import type { ToldInRun } from '../server/api/post-run.ts';
import { type App, type AppOptions, createApp } from '../server/api/routes.ts';
import { late, once } from '../platform/late.ts';
import { bearer, orBearer } from '../server/http/auth.ts';
import type { Told } from './alerting/told.ts';
import type { Program } from './assemble.ts';
import type { World } from './world.ts';

/** The program behind HTTP. */
export function serve(program: Program, { now, sleep, uuid, server, version }: World, metrics: Metrics): App {
  const { settings, inForce, sinks, ledger, runner, listeners, ranges, gate, page, log, redact, failing, due, told } =
    program;
  return createApp({
    runner,
    listeners,
    log,
    redact,
    now,
    uuid,
    server,
    version,
    health: ledger.health,
    ranges,
    failing,
    awaySince: program.cron?.awaySince,
    due,
    actions: actionsOn(program, { uuid, server }),
    intakes: intakesOf(program, uuid),
    signed: signedOf(program, { now, sleep, uuid, server }),
    told: told === undefined ? undefined : () => toldIn(told),
    rest: gate.rest,
    page,
    pictures: picturesOf(program, now),
    trigger: {
      sinks: sinks.map(({ name }) => name),
      dryRun: settings.dryRun,
      settleMs: settings.settleMs,
      memoryMs: ledger.backlog?.memoryMs,
    },
    authorize: bearer(settings.tokens),
    metrics: { tokens: settings.metricsTokens, page: metrics.page },
    inForce,
  });
}

/** Undefined: no intake takes posts. */
function intakesOf({ intakes, openScope, settings }: Program, uuid: World['uuid']): AppOptions['intakes'] {
  const posts = intakes?.posts;
  if (posts === undefined) return undefined;
  return {
    takesSigned: posts.takesSigned,
    authorize: orBearer(bearer(settings.tokens), settings.intakeTokens),
    ask: (name, posted) => posts.ask(name, posted, () => openScope(uuid(), settings.runDeadlineMs)),
  };
}

/** What posts change in the ledger; undefined: there is none that several could share, or that outlives a restart. */
function actionsOn({ ledger, live }: Program, who: Pick<World, 'uuid' | 'server'>): AppOptions['actions'] {
  const { outbox, backlog } = ledger;
  if (outbox === undefined || backlog === undefined) return undefined;
  const names = { mute: true, unmute: true, deploys: true } as const;
  return late(names, async () =>
    (await import('./alerting/actions.ts')).actionsOn(outbox, { ...who, inForce: live.now }),
  );
}

/** Undefined: nobody who signs may post. */
function signedOf(program: Program, world: Parameters<typeof deskOf>[1]): AppOptions['signed'] {
  const posts = program.tickets?.posts;
  const open = (): ReturnType<Program['openScope']> => program.openScope(world.uuid(), HEARD_MS);
  const own = posts && {
    path: posts.path,
    mostBytes: SIGNED_BYTES,
    answer: async (posted: Posted) => posts.answer(posted, open),
  };
  const all = [...(deskOf(program, world) ?? []), ...(own === undefined ? [] : [own])];
  return all.length === 0 ? undefined : all;
}

/** For what a tracker's post tells of, ms. */
const HEARD_MS = 60_000;

function deskOf(
  { channels, live, ledger, tickets, log, openScope }: Program,
  world: Pick<World, 'now' | 'sleep' | 'uuid' | 'server'>,
): AppOptions['signed'] {
  const { outbox, backlog } = ledger;
  if (outbox === undefined || backlog === undefined) return undefined;
  const first = channels.find(({ channel }) => channel.desk !== undefined)?.channel.desk;
  if (first === undefined) return undefined;
  const open = (limitMs: number): ReturnType<Program['openScope']> => openScope(world.uuid(), limitMs);
  const deps = { ...world, channels, inForce: live.now, outbox, tickets, log, openScope: open };
  const answers = once(async () => (await import('./alerting/desk/index.ts')).deskAnswers(deps, first));
  return (['actions', 'options'] as const).map((name) => ({
    path: `/slack/${name}`,
    mostBytes: SIGNED_BYTES,
    answer: async (posted) => (await answers())[name](posted),
  }));
}

/** As much as Slack posts of a long message, with room; an issue of Jira is smaller. */
const SIGNED_BYTES = 256 * 1024;

/** Undefined: no picture has an address, or nobody keeps the messages that have pictures. */
function picturesOf({ settings, ledger, pictures, log }: Program, now: World['now']): AppOptions['pictures'] {
  const { outbox } = ledger;
  if (settings.publicUrl === undefined || outbox === undefined) return undefined;
  const load = once(async () =>
    (await import('../server/pictures/handler.ts')).pictureHandler({ outbox, pictures, log, now }),
  );
  return async (request, response, failures) => (await load())(request, response, failures);
}

/** For the record of a run. */
async function toldIn({ tally, takeLost }: Told): Promise<ToldInRun> {
  const messagesFailed = takeLost();
  const seen = await tally();
  const alertsFiring = seen === null ? null : Object.values(seen.firing).reduce((one, other) => one + other, 0);
  return { alertsFiring, messagesFailed, unheard: seen?.unheard };
}
