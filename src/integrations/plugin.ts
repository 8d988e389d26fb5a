import type { Clock } from '../core/ports/clock.ts';
import type { Complaint, Judgement } from '../config/complaint.ts';
import { type PartKey, partKeysOf } from '../config/filters/parts/part-keys.ts';
import { type Env, readSettings, type Schema, secretsOf, type Variable, variablesOf } from '../config/schema.ts';
import type { Filter } from '../core/model/filter.ts';
import type { Channel, ChannelPolicy } from '../core/ports/alerting/channel.ts';
import type { Desk } from '../core/ports/alerting/desk.ts';
import type { EventStore } from '../core/ports/events/event-store.ts';
import type { LogFiles } from '../core/ports/events/log-files.ts';
import type { Finding } from '../core/ports/finding.ts';
import type { RunListener } from '../core/ports/run-listener.ts';
import type { Log, Scope } from '../core/ports/scope.ts';
import type { Message } from '../core/model/alerting/message.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Posted } from '../core/ports/alerting/desk.ts';
import type { HeardTicket, Tracker } from '../core/ports/tickets/tracker.ts';
import type { Tickets } from '../core/ports/tickets/tickets.ts';
import type { SinkCost } from '../core/ports/sink-cost.ts';
import type { Http } from '../platform/http/client.ts';
import type { Pictures } from '../platform/pictures/pictures.ts';

export type { Complaint };

/** What the source of events has of intakes. */
export interface IntakeDeps {
  readonly store: EventStore;
  /** Of the intakes that are set up, which are the projects. */
  readonly names: readonly string[];
  /** Those whose logs tell how long things took; absent: none. */
  readonly timed?: ReadonlySet<string>;
  /** So long after its end a window is left alone, ms. */
  readonly settleMs: number;
  /** Where a person can look at an issue that has no page at its vendor. */
  pageOf(issueId: string): string;
  /** Once what these intakes have for us now is stored, or it took too long. Never rejects. */
  taken(projects: readonly string[], scope: Scope): Promise<void>;
  /** Has intakes read beside plain runs. */
  readonly listener: RunListener;
}

/** What a plug-in may use of the world outside. */
export interface Deps extends Clock {
  uuid(): string;
  /** Name of this server. */
  readonly server: string;
  /** Unlike that of any other process, also of one with the same name; absent: it is a command. */
  readonly process?: string | undefined;
  readonly files: LogFiles;
  readonly http: Http;
  readonly log: Log;
  /** Absent: there are no intakes, or no ledger. */
  readonly intakes?: IntakeDeps | undefined;
  /** Absent: there are none, or no ledger. */
  readonly tickets?: Tickets | undefined;
  /** Names of hosts whose private addresses may be asked although a file names them; absent: none. */
  readonly privateHosts?: readonly string[] | undefined;
  readonly pictures: Pictures;
  /** Where vendors fetch the picture of a message; null: it has none, or they cannot. */
  pictureUrl(message: Message): string | null;
  /** Hides every secret of the program: for a vendor's words, before they are shortened. */
  redact(text: string): string;
}

/** What of `node:fs` a part may look at; each throws when there is nothing. */
export interface Disk {
  statSync(path: string): { isDirectory(): boolean };
  /** Throws also when it may not be used so; `mode`: 4 read, 2 write, added up. */
  accessSync(path: string, mode: number): void;
}

/** A look at everything that a part depends on. */
export interface Exam {
  readonly filters: readonly Filter[];
  readonly disk: Disk;
  readonly scope: Scope;
  /** Somebody waits for it: a few more requests may be made than at a start. */
  readonly thorough: boolean;
}

/** A part, made. */
export interface Built<T> {
  readonly part: T;
  /** Asks what the part depends on, and stores nothing there. Absent: there is nothing to ask. May throw. */
  examine?(exam: Exam): AsyncIterable<Finding>;
  /** What of the part wants to hear of runs. */
  readonly listeners: readonly RunListener[];
}

/** A part whose settings are read, and which is not made yet: log and redaction first need the secrets of all parts. */
export interface Configured<T> {
  /** The values of its sensitive settings, so that logs and answers can mask them. */
  readonly secrets: readonly string[];
  /** The same for two instances that mean the same account or organization; undefined: they never do. Holds keys. */
  readonly place: string | undefined;
  vet(filters: readonly Filter[]): readonly Complaint[];
  /** What is odd about the settings although they can be read, known without a network. `name` is the instance's. */
  inspect(name: string, disk: Disk): readonly Finding[];
  /** Touches no network. `name` is the instance's. */
  create(deps: Deps, name: string): Built<T>;
}

/** A source, sink or ledger as its registry holds it: first its settings are read, then it is made. */
export interface Plugin<T> {
  readonly variables: readonly Variable[];
  /** The same settings, as a file has them that sets up one more instance. */
  readonly keys: readonly PartKey[];
  /** Variables whose presence says that the plug-in is wanted. */
  readonly wantedBy: readonly string[];
  /** What can be said of filters without settings. */
  judge(filters: readonly Filter[]): Judgement;
  /** Throws a SettingsError naming every variable that is missing or wrong. */
  read(env: Env): Configured<T>;
}

/** What a part was made of. */
export interface Made<S> {
  readonly settings: S;
  readonly deps: Deps;
  /** The instance's. */
  readonly name: string;
}

export interface PluginSpec<T, S extends object> {
  readonly settings: Schema<S>;
  readonly wantedBy: readonly string[];
  create(settings: S, deps: Deps, name: string): T;
  /** As `Configured.place`. */
  place?(settings: S): readonly unknown[];
  judge?(filters: readonly Filter[]): Judgement;
  /** Objections to filters that this plug-in cannot serve, known before the first run. */
  vet?(filters: readonly Filter[], settings: S): readonly Complaint[];
  /** As `Configured.inspect`. What it calls failed is not examined further. */
  inspect?(settings: S, name: string, disk: Disk): readonly Finding[];
  /** As `Built.examine`. */
  examine?(part: T, made: Made<S>, exam: Exam): AsyncIterable<Finding>;
  /** The part's own listeners, if it wants to hear of runs. */
  listeners?(part: T, deps: Deps): readonly RunListener[];
}

/** A sink as its registry holds it. */
export interface SinkPlugin extends Plugin<Sink> {
  /** For plans, which need no settings. Absent: they say only how many records this sink gets. */
  readonly cost?: SinkCost;
}

/** A tracker, and how the program is to use it. */
export interface TrackerPart {
  /** Its code is loaded by the first call. */
  load(): Promise<Tracker>;
  /** Its project where nothing else is said. */
  readonly project: string;
  /** Names of teams that tickets can be made for. */
  readonly teams: readonly string[];
  /** Names of resolutions that say that nothing will be done. */
  readonly wontDo: readonly string[];
  /** What its own posts tell. Absent: it posts nothing. */
  hear?(posted: Posted): Promise<HeardTicket>;
}

export type TrackerPlugin = Plugin<TrackerPart>;

/** What holds for all instances of a channel's vendor. */
export interface ChannelTraits extends Omit<Channel, 'name' | 'ready' | 'desk' | 'fit' | 'send'> {
  /** What one of its instances may send where nothing else is written; null: as much as there is. */
  readonly budget: ChannelPolicy['budget'];
  /** It wakes people: a rule that tells it is critical, where it does not say what it is. Default: it does not. */
  readonly isPager?: boolean;
}

/** A channel as its registry holds it. */
export interface ChannelPlugin extends Plugin<Channel>, ChannelTraits {
  /** Loads what its instances fit and send with: they are ready then. */
  load(): Promise<void>;
}

/** What an instance of a channel does. */
export type ChannelActs = Pick<Channel, 'fit' | 'send'>;

/** `S`: settings of an instance. */
export interface ChannelSpec<S extends object>
  extends Omit<PluginSpec<Channel, S>, 'wantedBy' | 'create'>, ChannelTraits {
  /** Loads what messages are written and posted with, which nobody needs who tells nobody anything. */
  load(): Promise<(settings: S, deps: Deps, name: string) => ChannelActs>;
  /** How people act from messages of an instance. Absent: they cannot, of any. */
  readonly desk?: { isOpen(settings: S): boolean; load(): Promise<(settings: S, deps: Deps, name: string) => Desk> };
}

/**
 * Files alone set up channels, so the settings of an instance are no variables: their `env` begins with `channels.`.
 * What else a channel is set by are variables of the service, the same for all of its instances: in a file, an address
 * would get whatever key the file names beside it.
 */
export function channelPlugin<S extends object>({ load, desk, ...spec }: ChannelSpec<S>): ChannelPlugin {
  const { budget, isPager = false, repeatSafe, isPerSubject, isTracker, maxBytes, picture } = spec;
  const traits = { repeatSafe, isPerSubject, isTracker, maxBytes, picture };
  let make: Awaited<ReturnType<typeof load>> | undefined;
  const ready = async (): Promise<void> => {
    make ??= await load();
  };
  const create = (settings: S, deps: Deps, name: string): Channel => {
    let made: ChannelActs | undefined;
    let hears: Desk | undefined;
    const acts = (): ChannelActs => {
      if (make === undefined) throw new Error(`${name} was not made ready`);
      return (made ??= make(settings, deps, name));
    };
    return {
      name,
      ...traits,
      ready,
      ...(desk?.isOpen(settings) === true
        ? { desk: async () => (hears ??= (await desk.load())(settings, deps, name)) }
        : {}),
      fit: (...given) => acts().fit(...given),
      send: (...given) => acts().send(...given),
    };
  };
  const made = plugin<Channel, S>({ ...spec, create, wantedBy: [] });
  const keys = made.keys.filter(({ env }) => env.startsWith('channels.'));
  return { ...made, ...traits, keys, budget, isPager, load: ready };
}

/** Ties a plug-in's settings to its factory, so that plug-ins with different settings fit in one registry. */
export function plugin<T, S extends object>(spec: PluginSpec<T, S>): Plugin<T> {
  return {
    variables: variablesOf(spec.settings),
    keys: partKeysOf(spec.settings),
    wantedBy: spec.wantedBy,
    judge: (filters) => spec.judge?.(filters) ?? { faults: [], warnings: [] },
    read(env) {
      const settings = readSettings(spec.settings, env);
      return {
        secrets: secretsOf(spec.settings, settings),
        place: spec.place && JSON.stringify(spec.place(settings)),
        vet: (filters) => spec.vet?.(filters, settings) ?? [],
        inspect: (name, disk) => spec.inspect?.(settings, name, disk) ?? [],
        create(deps, name) {
          const part = spec.create(settings, deps, name);
          const { examine } = spec;
          return {
            part,
            ...(examine === undefined ? {} : { examine: (exam) => examine(part, { settings, deps, name }, exam) }),
            listeners: spec.listeners?.(part, deps) ?? [],
          };
        },
      };
    },
  };
}
