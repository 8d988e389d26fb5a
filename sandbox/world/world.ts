import { type Clock, instantOf } from '../clock.ts';
import { eventsOf } from '../events/event-input.ts';
import { type MassInput, massOf } from '../events/masses.ts';
import type { FaultBoard } from '../http/faults.ts';
import type { RequestLog } from '../http/requests.ts';
import { flavourNamed } from '../sentry/flavours.ts';
import type { EventInput, FlavourName, Issue, IssueInput, Planted, Project, SandboxEvent } from '../types.ts';
import { createState, type LimitChange, resetState, setLimits, type StateOptions } from './create-state.ts';
import type { ProjectInput } from './projects.ts';
import { nothingReceived, type Received } from './received.ts';
import type { Keys, Settings, State } from './state.ts';
import { countTruth, type Truth, type TruthQuestion } from './truth.ts';

/** Direct access to what the vendors know and were told. Projects are named by slug or id. */
export type World = {
  readonly clock: Clock;
  readonly faults: FaultBoard;
  readonly requests: RequestLog;
  readonly received: Received;
  readonly settings: Settings;
  /** Which server the Sentry side is now; a new one may take its place at any time. */
  flavour(): FlavourName;
  setFlavour(name: FlavourName): void;
  projects(): readonly Project[];
  addProject(input: ProjectInput): Project;
  renameProject(project: string, to: string): void;
  deleteProject(project: string): void;
  /** Makes its id a 403 and `hasAccess` false. */
  forbidProject(project: string): void;
  allowProject(project: string): void;
  addEnvironment(name: string): void;
  /** Returns the stored events, also those that have not arrived yet. */
  addEvents(inputs: readonly EventInput[]): SandboxEvent[];
  /** Events that are alike, of which only the number is kept. */
  addMasses(inputs: readonly MassInput[]): void;
  addIssue(input: IssueInput): Issue;
  issue(id: string): Issue | undefined;
  patchIssue(id: string, change: Partial<Issue>): Issue;
  /** Its events stay, with `issue` "unknown". */
  deleteIssue(id: string): void;
  mergeIssue(from: string, into: string): void;
  /** Those that have arrived by the sandbox clock. */
  events(start: number | string, end: number | string): SandboxEvent[];
  truth(question: TruthQuestion): Truth;
  planted(from: number | string, to: number | string): Planted[];
  limit(what: LimitChange): void;
  /** Others from now on; those before are refused. */
  changeKeys(change: Partial<Keys>): void;
  /** What was received and logged is forgotten; all else stays. */
  forget(): void;
  /** All that was added, received, logged or broken is forgotten; the clock is the real one, the server the first. */
  reset(): void;
};

export function createWorld(options: StateOptions): { world: World; state: State } {
  const state = createState(options);
  let serial = 0;
  const project = (key: string): Project => {
    const found = state.projects.find(key);
    if (found === undefined) throw new Error(`no such project: ${key}`);
    return found;
  };
  const addEvents = (inputs: readonly EventInput[]): SandboxEvent[] => {
    const added = inputs.flatMap((input) => {
      const owner = project(input.project);
      const events = eventsOf(input, owner.id, serial);
      serial += events.length;
      const [first] = events;
      if (first?.issueId !== undefined && first.issueId !== null) state.issues.ensure(first.issueId, first, owner);
      return events;
    });
    state.events.add(added);
    return added;
  };
  const addMasses = (inputs: readonly MassInput[]): void => {
    for (const input of inputs) {
      const owner = project(input.project);
      const mass = massOf(input, owner, serial++);
      state.issues.ensure(String(input.issue), mass.like, owner);
      state.events.addMass(mass);
    }
  };
  const world: World = { ...bookMethods(state, project), ...lookMethods(state, options), addEvents, addMasses };
  return { state, world: Object.defineProperty(world, 'received', { get: () => state.received, enumerable: true }) };
}

type BookMethods = Pick<
  World,
  | 'projects'
  | 'addProject'
  | 'renameProject'
  | 'deleteProject'
  | 'forbidProject'
  | 'allowProject'
  | 'addEnvironment'
  | 'addIssue'
  | 'issue'
  | 'patchIssue'
  | 'deleteIssue'
  | 'mergeIssue'
>;

function bookMethods(state: State, project: (key: string) => Project): BookMethods {
  const now = (): number => state.clock.now();
  return {
    projects: () => state.projects.all(),
    addProject: (input) => state.projects.add(input),
    renameProject: (key, to) => {
      state.projects.rename(key, to);
    },
    deleteProject: (key) => {
      state.projects.setAccess(key, 'deleted');
    },
    forbidProject: (key) => {
      state.projects.setAccess(key, 'forbidden');
    },
    allowProject: (key) => {
      state.projects.setAccess(key, 'full');
    },
    addEnvironment: (name) => {
      state.environments.add(name);
    },
    addIssue: (input) => state.issues.add(input, project(input.project)),
    issue: (id) => state.issues.get(id, now()),
    patchIssue: (id, change) => state.issues.patch(id, change, now()),
    deleteIssue: (id) => {
      state.issues.patch(id, { deleted: true }, now());
    },
    mergeIssue: (from, into) => {
      state.issues.patch(from, { mergedInto: into }, now());
    },
  };
}

type LookMethods = Omit<World, keyof BookMethods | 'addEvents' | 'addMasses'>;

function lookMethods(state: State, { flavour, keys }: StateOptions): LookMethods {
  const events = (start: number | string, end: number | string): SandboxEvent[] =>
    state.events.visible(instantOf(start), instantOf(end), state.clock.now());
  return {
    clock: state.clock,
    faults: state.faults,
    requests: state.requests,
    received: state.received,
    settings: state.settings,
    flavour: () => state.flavour,
    setFlavour: (name) => {
      state.flavour = flavourNamed(name);
    },
    events,
    truth: (question) =>
      countTruth(question, {
        events: events(question.start, question.end),
        projects: projectsMeant(state, question.projects),
        currentIssue: state.issues.current,
      }),
    planted: (from, to) => state.story?.planted(instantOf(from), instantOf(to)) ?? [],
    limit: (what) => {
      setLimits(state, what);
    },
    changeKeys: (change) => {
      state.keys = { ...state.keys, ...change };
    },
    forget: () => {
      state.requests.clear();
      state.received = nothingReceived();
    },
    reset: () => {
      resetState(state, flavour);
      state.keys = keys;
    },
  };
}

function projectsMeant(state: State, slugs: readonly string[] | undefined): Map<string, string> {
  const open = state.projects.all().filter((project) => project.access === 'full');
  if (slugs === undefined) return new Map(open.map((project) => [project.id, project.slug]));
  return new Map(
    slugs.flatMap((slug) =>
      open.filter((project) => project.slug === slug).map((project) => [project.id, slug] as const),
    ),
  );
}
