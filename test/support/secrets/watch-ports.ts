import { inspect } from 'node:util';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import type { Plugin } from '../../../src/integrations/plugin.ts';
import { sinks } from '../../../src/integrations/sinks/index.ts';
import { sources } from '../../../src/integrations/sources/index.ts';
import type { Http, HttpRequest } from '../../../src/platform/http/client.ts';

/** What passes the ports of the parts that are built while it is open, and what this process says. */
export interface Watch {
  /** Whatever was thrown, rejected or given as the reason of an abort; what reached p-retry too. */
  readonly errors: Set<unknown>;
  readonly requests: readonly HttpRequest[];
  readonly outcomes: readonly (Outcome | object)[];
  /** To stdout and stderr; and warnings. */
  readonly written: readonly string[];
  stop(): void;
}

type Registry = Record<string, Plugin<unknown>>;

/** NOTE: plug-ins are taken from the registries when parts are made, so those stand in for the originals there. */
export function watchPorts(): Watch {
  const watch = {
    errors: new Set<unknown>(),
    requests: [] as HttpRequest[],
    outcomes: [] as (Outcome | object)[],
    written: [] as string[],
  };
  const undo = [
    ...[sinks, sources].map((registry) => replaceAll(registry as Registry, (plugin) => watched(plugin, watch))),
    watchCatch(watch.errors),
    ...[process.stdout, process.stderr].map((stream) => watchWrites(stream, watch.written)),
    watchWarnings(watch.written),
  ];
  return { ...watch, stop: () => undo.forEach((act) => act()) };
}

type Notes = Omit<Watch, 'stop' | 'requests' | 'outcomes' | 'written'> & {
  readonly requests: HttpRequest[];
  readonly outcomes: (Outcome | object)[];
  readonly written: string[];
};

function replaceAll(registry: Registry, change: (plugin: Plugin<unknown>) => Plugin<unknown>): () => void {
  const before = { ...registry };
  for (const [name, plugin] of Object.entries(before)) registry[name] = change(plugin);
  return () => void Object.assign(registry, before);
}

function watched(plugin: Plugin<unknown>, notes: Notes): Plugin<unknown> {
  return {
    ...plugin,
    read(env) {
      const configured = plugin.read(env);
      return {
        ...configured,
        create(deps, name) {
          const built = configured.create({ ...deps, http: watchedHttp(deps.http, notes) }, name);
          // NOTE: in the part itself: what listens for it was made with it.
          const part = built.part as Sink | Source;
          Object.assign(part, watchedPart({ ...part }, notes));
          return built;
        },
      };
    },
  };
}

function watchedHttp(http: Http, notes: Notes): Http {
  return async (request) => {
    notes.requests.push(request);
    const { signal } = request.scope;
    return http(request)
      .catch((error: unknown) => note(error, notes))
      .finally(() => signal.aborted && notes.errors.add(signal.reason));
  };
}

function watchedPart(part: Sink | Source, notes: Notes): Sink | Source {
  if ('encode' in part)
    return {
      ...part,
      send: async (items, scope) => {
        const outcomes = await part.send(items, scope).catch((error: unknown) => note(error, notes));
        notes.outcomes.push(...outcomes);
        return outcomes;
      },
    };
  return {
    ...part,
    prepare: (filters, scope) => part.prepare(filters, scope).catch((error: unknown) => note(error, notes)),
    async *read(asks, scope) {
      try {
        for await (const answer of part.read(asks, scope)) {
          if ('fault' in answer) notes.outcomes.push(answer.fault);
          yield answer;
        }
      } catch (error) {
        note(error, notes);
      }
    },
  };
}

function note(error: unknown, { errors }: Notes): never {
  errors.add(error);
  throw error;
}

/** Errors on their way to any `catch` of a promise: p-retry's own caller sees them so. */
function watchCatch(errors: Set<unknown>): () => void {
  const { catch: original } = Promise.prototype;
  Promise.prototype.catch = function watchedCatch(this: Promise<unknown>, onRejected) {
    return original.call(
      this,
      onRejected == null
        ? onRejected
        : (reason: unknown) => {
            if (reason instanceof Error && /\/src\/(?!sandbox)/.test(reason.stack ?? '')) errors.add(reason);
            return onRejected(reason);
          },
    );
  } as typeof original;
  return () => void (Promise.prototype.catch = original);
}

function watchWrites(stream: NodeJS.WriteStream, written: string[]): () => void {
  const { write } = stream;
  stream.write = function watchedWrite(this: NodeJS.WriteStream, ...args: Parameters<typeof write>) {
    written.push(String(args[0]));
    return write.apply(this, args);
  } as typeof write;
  return () => void (stream.write = write);
}

function watchWarnings(written: string[]): () => void {
  const onWarning = (warning: Error): void =>
    void written.push(inspect(warning, { depth: Infinity, showHidden: true }));
  process.on('warning', onWarning);
  return () => void process.off('warning', onWarning);
}
