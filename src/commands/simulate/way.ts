import type { WithLedger } from '../../app/by-hand/with-ledger.ts';
import { pluginDeps } from '../../app/plugin-deps.ts';
import type { World } from '../../app/world.ts';
import type { Intake, IntakeTrial, TriedError, TriedEvent } from '../../core/ports/events/intake.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Located } from '../../core/ports/source.ts';
import type { Dsn } from '../../integrations/vendors/sentry/dsn.ts';
import { sendError } from '../../integrations/vendors/sentry/envelope.ts';
import { BadCall } from '../command.ts';
import type { Call } from './call.ts';
import type { Step } from './follow.ts';

/** What people look for in rules: `title has "sentry-monitor end-to-end check"`. */
const TYPE = 'SentryMonitorCheck';
const VALUE = 'sentry-monitor end-to-end check';

/** How an error gets to where it is stored. */
export interface Way {
  readonly sent: Step;
  /** Null: it is not stored yet. May reject. */
  locate(): Promise<Located | null>;
  /** What to look at when it is never stored. */
  readonly advice: string;
}

export interface Around {
  readonly opened: WithLedger;
  readonly world: World;
  readonly scope: Scope;
}

/** Throws what is wrong with the call. */
export function wayOf({ dsn, ...call }: Call, given: Pick<TriedError, 'id' | 'at'>, around: Around): Way {
  const error = { ...given, type: TYPE, value: VALUE, environment: call.environment };
  return dsn === undefined ? throughIntake(call, error, around) : throughSentry(dsn, error, around);
}

function throughSentry(dsn: Dsn, error: TriedError, { opened, world, scope }: Around): Way {
  const voice = { log: scope.log, redact: (text: string) => text, secrets: [dsn.publicKey] };
  const { http } = pluginDeps(world, voice);
  return {
    sent: sending(`event ${error.id} to project ${dsn.projectId} at ${dsn.host}`, () =>
      sendError({ ...error, fingerprint: VALUE }, dsn, http, scope),
    ),
    locate: () => locateIn(error.id, opened.program.sources, scope),
    advice: 'no source knows the event; check that the DSN is of a project that is read',
  };
}

function throughIntake(call: Omit<Call, 'dsn'>, error: TriedError, { opened, scope }: Around): Way {
  const { intakes } = opened.program;
  const { name, trial } = chosen(intakes?.all ?? [], call);
  const { store } = intakes!;
  let put: TriedEvent | null = null;
  return {
    sent: sending(`event ${error.id} to the ${call.to === 'sqs' ? 'queue' : 'file'} of ${name}`, async () => {
      put = await trial.put(error, store, scope);
    }),
    locate: async () => {
      const issue = put === null ? null : await issueOf(put, name, error, store);
      return issue === null ? null : { issue, project: name };
    },
    advice: `intake ${name} did not bring it; check that the cron posts, and sentry-monitor intake ${name} --rejects`,
  };
}

/** The issue that the event is stored in; null: it is not. */
async function issueOf(
  { id, issue }: TriedEvent,
  name: string,
  { at }: TriedError,
  store: Pick<EventStore, 'locate' | 'find'>,
): Promise<string | null> {
  if (id !== null) return (await store.locate([name], id))?.issueId ?? null;
  const found = await store.find({ projects: [name], since: at, text: issue, first: false, limit: 10 });
  return found.some(({ issueId }) => issueId === issue) ? issue : null;
}

function chosen(all: readonly Intake[], { to, intake }: Pick<Call, 'to' | 'intake'>) {
  const able = all.flatMap(({ name, trial }) => (trial?.to === to ? [{ name, trial }] : []));
  const names = able.map(({ name }) => name).join(', ');
  if (able.length === 0) throw new BadCall(`--to ${to}: no filters file sets such an intake up; see docs/intakes.md`);
  if (intake === undefined && able.length > 1) throw new BadCall(`--intake is needed: there are ${names}`);
  const found = able.find(({ name }) => intake === undefined || name === intake);
  if (found === undefined) throw new BadCall(`there is no intake ${intake!} of this kind; there is ${names}`);
  return found satisfies { readonly name: string; readonly trial: IntakeTrial };
}

function sending(say: string, send: () => Promise<unknown>): Step {
  return {
    name: 'sent',
    async look() {
      try {
        await send();
        return { status: 'done', say };
      } catch (trouble) {
        return { status: 'failed', say: (trouble as Error).message };
      }
    },
  };
}

async function locateIn(
  eventId: string,
  sources: WithLedger['program']['sources'],
  scope: Scope,
): Promise<Located | null> {
  const able = sources.flatMap((source) => source.locate ?? []);
  if (able.length === 0) throw new Error('no source can look an event up by its id');
  const troubles: unknown[] = [];
  for (const ask of able) {
    const found = await ask(eventId, scope).catch((error: unknown) => void troubles.push(error));
    if (found != null) return found;
  }
  if (troubles.length === able.length) throw troubles[0];
  return null;
}
