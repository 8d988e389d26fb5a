import { type LoggedRequest, type Sandbox, startSandbox, type World } from '../../../sandbox/index.ts';
import { NOW } from '../e2e/bench.ts';
import { type Posted, type Service, startService } from '../e2e/service.ts';
import { stageClock, withStageTime } from './stage-clock.ts';
import { BLUE, PROJECTS, RED } from './targets.ts';
import type { FaultCase, Target, Times } from './types.ts';

const HOUR_MS = 3_600_000;

/** What happened in one cell, raw. */
export interface Performance {
  readonly sandbox: Sandbox;
  readonly service: Service;
  /** The run that met the fault, its run event included. */
  readonly posted: Posted;
  /** Requests of that run to the target, in order. */
  readonly tries: readonly LoggedRequest[];
  /** All requests of that run. */
  readonly requests: readonly LoggedRequest[];
  /** Posts the same window again, once the vendor is well. */
  repeat(): Promise<Posted>;
}

/** Sets the stage, runs once with the fault, and hands over what happened. Nothing takes real time. */
export async function perform<T>(
  target: Target,
  { fault }: FaultCase,
  times: Times,
  look: (it: Performance) => Promise<T>,
): Promise<T> {
  const clock = stageClock(target.isPrepared === true ? NOW - HOUR_MS : NOW);
  return withStageTime(clock, async () => {
    const sandbox = await startSandbox({
      now: clock.now,
      sleep: clock.sleep,
      ...(target.flavour === undefined ? {} : { flavour: target.flavour }),
    });
    const { world } = sandbox;
    narrow(world, target);
    for (const project of PROJECTS) world.addProject(project);
    world.addEvents(target.events);
    const service = await startService({
      sandbox,
      clock,
      filters: [RED, BLUE],
      env: target.env ?? {},
      prepare: target.isPrepared === true,
    });
    clock.advance(NOW - clock.now());
    const activity = (): number =>
      world.requests.all().reduce((sum, { status }) => sum + 1 + (status ?? 0), 0) + service.log.length;
    const post = (): Promise<Posted> => clock.drive(() => postAndRunEvent(service), activity);
    try {
      world.requests.clear();
      const { vendor, endpoint, match } = target;
      world.faults.add({
        ...fault,
        vendor,
        endpoint,
        ...(match === undefined ? {} : { match }),
        times: times === 'once' ? 1 : null,
      });
      const posted = await post();
      const requests = [...world.requests.all()];
      const tries = requests.filter((it) => isAimedAt(target, it, sandbox));
      const repeat = (): Promise<Posted> => {
        world.faults.clear();
        return post();
      };
      return await look({ sandbox, service, posted, tries, requests, repeat });
    } finally {
      await service.close();
      await sandbox.close();
    }
  });
}

/** The same window however late it is; and the run is over when its run event is. */
async function postAndRunEvent(service: Service): Promise<Posted> {
  const beats = (): number =>
    service.log.filter(({ msg }) => msg === 'run event sent' || msg === 'run event not sent').length;
  const before = beats();
  const posted = await service.post(`?at=${NOW / 1000}`);
  while (beats() === before) await new Promise((done) => void setImmediate(done));
  return posted;
}

/**
 * A fault of the sandbox knows no paths, so requests to other paths never ask for one.
 * The latest in the log is the one that asks.
 */
function narrow({ faults, requests }: World, target: Target): void {
  const { next } = faults;
  faults.next = (vendor, endpoint, text) =>
    isInPlace(target, requests.all().at(-1)!) ? next(vendor, endpoint, text) : undefined;
}

function isInPlace({ path = '', page }: Target, request: LoggedRequest): boolean {
  const hasCursor = request.query.some(([name]) => name === 'cursor');
  return request.path.includes(path) && (page === undefined || hasCursor === (page === 'later'));
}

function isAimedAt(target: Target, request: LoggedRequest, { world }: Sandbox): boolean {
  const { endpoint, match } = target;
  if (request.endpoint !== endpoint || !isInPlace(target, request)) return false;
  const query = request.query.map(([name, value]) => `${name}=${value}`).join('&');
  const body =
    [...world.received.newrelic.raw, ...world.received.anodot.raw].find(({ n }) => n === request.n)?.body ?? '';
  // What is no run event's own is about the reports.
  if (match === undefined) return !body.includes('SentryMonitorRun');
  return query.includes(match) || body.includes(match);
}
