import { instantOf } from '../clock.ts';
import type { Fault } from '../http/faults.ts';
import { flavourNamed } from '../sentry/flavours.ts';
import { isRecord } from '../http/message.ts';
import type { MassInput } from '../events/masses.ts';
import type { ProjectInput } from '../world/projects.ts';
import type { Limit } from '../sentry/limits.ts';
import type { TruthQuestion } from '../world/truth.ts';
import type { Endpoint, EventInput, IssueInput } from '../types.ts';
import type { Keys } from '../world/state.ts';
import type { World } from '../world/world.ts';

type Body = Record<string, unknown>;

/** POST /sandbox/{path}. Bodies that stand for several may be arrays. */
export function runCommand(world: World, path: string, body: unknown): unknown {
  const command = COMMANDS[path];
  if (command === undefined) throw new Error(`nothing at POST /sandbox/${path}`);
  return command(world, body);
}

const COMMANDS: Readonly<Record<string, (world: World, body: unknown) => unknown>> = {
  clock: (world, body) => setClock(world, recordOf(body)),
  events: (world, body) => ({
    events: world.addEvents(listOf(body, 'events') as EventInput[]).map((event) => event.id),
  }),
  masses: (world, body) => {
    world.addMasses(listOf(body, 'masses') as MassInput[]);
    return { ok: true };
  },
  projects: (world, body) => ({
    projects: listOf(body, 'projects').map((one) => projectCommand(world, recordOf(one))),
  }),
  environments: (world, body) => {
    for (const name of listOf(body, 'environments')) world.addEnvironment(String(name));
    return { ok: true };
  },
  issues: (world, body) => ({ issues: listOf(body, 'issues').map((one) => issueCommand(world, recordOf(one))) }),
  faults: (world, body) => {
    for (const fault of listOf(body, 'faults')) world.faults.add(recordOf(fault) as Fault);
    return { faults: world.faults.waiting() };
  },
  limits: (world, body) => setLimits(world, recordOf(body)),
  settings: (world, body) => Object.assign(world.settings, recordOf(body)),
  keys: (world, body) => changeKeys(world, recordOf(body)),
  flavour: (world, body) => {
    world.setFlavour(flavourNamed(String(recordOf(body)['flavour'])));
    return { flavour: world.flavour() };
  },
  truth: (world, body) => world.truth(recordOf(body) as TruthQuestion),
  forget: (world) => {
    world.forget();
    return { ok: true };
  },
  reset: (world) => {
    world.reset();
    return { ok: true };
  },
};

function recordOf(body: unknown): Body {
  if (!isRecord(body)) throw new Error('an object is wanted');
  return body;
}

/** `[…]`, `{ "<name>": […] }` or a single object. */
function listOf(body: unknown, name: string): unknown[] {
  if (Array.isArray(body)) return body;
  const inside = isRecord(body) ? body[name] : undefined;
  return Array.isArray(inside) ? inside : [body];
}

/** `{ now }` stops, `{ offsetMs }` shifts, `{ real: true }` lets go. */
function setClock(world: World, body: Body): unknown {
  if (typeof body['now'] === 'number' || typeof body['now'] === 'string') world.clock.set(instantOf(body['now']));
  else if (typeof body['offsetMs'] === 'number') world.clock.offset(body['offsetMs']);
  else if (body['real'] === true) world.clock.real();
  else throw new Error('one of now, offsetMs, real is wanted');
  return { now: world.clock.now() };
}

/** `{ slug, … }` adds; `{ rename, to }`, `{ delete }`, `{ forbid }`, `{ allow }` name a slug or id. */
function projectCommand(world: World, body: Body): unknown {
  const { rename, to, forbid, allow, add } = body;
  const gone = body['delete'];
  if (typeof rename === 'string') world.renameProject(rename, String(to));
  else if (typeof gone === 'string') world.deleteProject(gone);
  else if (typeof forbid === 'string') world.forbidProject(forbid);
  else if (typeof allow === 'string') world.allowProject(allow);
  else return world.addProject(projectInput(isRecord(add) ? add : body));
  return { ok: true };
}

function projectInput(body: Body): ProjectInput {
  if (typeof body['slug'] !== 'string') throw new Error('slug is wanted');
  return body as ProjectInput;
}

/** `{ project, … }` adds; `{ patch: id, … }`, `{ delete: id }`, `{ merge: id, into: id }` change. */
function issueCommand(world: World, body: Body): unknown {
  const { patch, merge, into, add, ...rest } = body;
  const gone = body['delete'];
  if (typeof patch === 'string') return world.patchIssue(patch, rest);
  if (typeof gone === 'string') world.deleteIssue(gone);
  else if (typeof merge === 'string') world.mergeIssue(merge, String(into));
  else return world.addIssue((isRecord(add) ? add : rest) as IssueInput);
  return { ok: true };
}

const KEYS: readonly (keyof Keys)[] = [
  ...(['sentryToken', 'sentryOrg', 'newRelicKey', 'newRelicAccountId'] as const),
  ...(['anodotToken', 'pingId', 'cronKey', 'webhookKey'] as const),
  ...(['slackToken', 'slackSecret', 'telegramToken', 'smtpUser', 'smtpPassword'] as const),
  ...(['pagerDutyKey', 'teamsSignature', 'discordToken'] as const),
];

/** `{ newRelicKey: "another" }`: as if somebody had changed it at the vendor. */
function changeKeys(world: World, body: Body): unknown {
  for (const [name, value] of Object.entries(body))
    if (!KEYS.some((key) => key === name) || typeof value !== 'string')
      throw new Error(`texts are wanted for some of ${KEYS.join(', ')}`);
  world.changeKeys(body);
  return { ok: true };
}

/** `{ preset: "saas" | "off" }` or `{ endpoint, requests, windowSeconds, concurrent }`; without numbers: no limit. */
function setLimits(world: World, body: Body): unknown {
  const { preset, endpoint, ...limit } = body;
  if (preset === 'saas' || preset === 'off') world.limit(preset);
  else if (typeof endpoint === 'string') {
    world.limit({
      endpoint: endpoint as Endpoint,
      limit: Object.keys(limit).length === 0 ? undefined : (limit as Limit),
    });
  } else throw new Error('preset or endpoint is wanted');
  return { ok: true };
}
