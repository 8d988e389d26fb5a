import type { FilterSet } from '../../config/filters/load.ts';
import type { Given } from '../../config/secrets.ts';
import { FILTERS_PATH } from '../../config/settings.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Source } from '../../core/ports/source.ts';
import { type OpenScope, openScope, type ScopeDeps } from '../../core/run/scope.ts';
import type { Built } from '../../integrations/plugin.ts';
import type { oddByClock } from '../alerting/vet/by-clock.ts';
import type { Wanted } from '../configure.ts';
import type { Draft } from '../make-parts.ts';
import { inspectDotenv } from './dotenv.ts';
import { misspelt } from './misspelt.ts';
import { inFile } from '../words/own-words.ts';
import type { World } from '../world.ts';
import { inspectAlerting } from './alerting.ts';
import { filtersCheck, publicAddressCheck, settingsCheck, switchCheck } from './around.ts';
import { channelsOf } from './channels.ts';
import { type Check, runChecks } from './check.ts';
import { checkOf, type Examinable, inspectParts, offlineCheckOf } from './parts.ts';
import { trackersOf } from './trackers.ts';
import { serviceCheck } from './service.ts';

/** For each check of somebody who waits, ms. */
const LIMIT_MS = 20_000;
/** Where HOST is not set; a service with a token listens on this one too. */
const LOOPBACK = '127.0.0.1';
const PORT = 3000;

/** Everything that the program depends on, as far as its settings are good. */
export async function* examine(draft: Draft, given: Given, world: World): AsyncGenerator<Finding> {
  const { config, filters, http, voice } = draft;
  const { settings } = config;
  const checks: readonly Check[] = [
    settingsCheck(draft.faults, [
      ...misspelt(given.env, filters),
      ...inspectDotenv(world.disk),
      ...inspectAlerting(draft),
      ...(await inspectPatterns(filters)),
    ]),
    filtersCheck(filters, await oddNow(filters, world.now())),
    ...allOf(partsOf(draft)).map(checkOf),
    ...channelsOf(draft).map(checkOf),
    ...trackersOf(draft).map(checkOf),
    ...(await twinsOf(draft)),
    ...(await outsideOf(draft, world)),
    ...(config.ledger === undefined ? [NO_LEDGER] : []),
    switchCheck(settings?.deadMansSwitch, { http, redact: voice.redact }),
    serviceCheck({
      host: settings?.host ?? LOOPBACK,
      port: settings?.port ?? PORT,
      path: settings?.filters ?? FILTERS_PATH,
      disk: world.disk,
      http,
    }),
    publicAddressCheck(settings?.publicUrl, http),
  ];
  yield* runChecks(checks, { ...examDeps(draft, world), thorough: true, limitMs: LIMIT_MS });
}

/** The same of a program that starts, with few requests; a dry run asks no sink. */
export function examineAtStart(draft: Draft, given: Given, world: World): AsyncGenerator<Finding> {
  const { config, filters, http, voice } = draft;
  const { settings } = config;
  const { sources, sinks, ledger } = partsOf(draft);
  const checks: readonly Check[] = [
    settingsCheck([], [...misspelt(given.env, filters), ...inspectAlerting(draft)]),
    ...sources.map(checkOf),
    ...sinks.map(settings?.dryRun === true ? offlineCheckOf : checkOf),
    ...ledger.map(checkOf),
    switchCheck(settings?.deadMansSwitch, { http, redact: voice.redact }),
  ];
  const limitMs = settings?.runDeadlineMs ?? LIMIT_MS;
  return runChecks(checks, { ...examDeps(draft, world), thorough: false, limitMs });
}

/** What is known without a network. */
export function inspect(draft: Draft, given: Given, world: World): readonly Finding[] {
  return [
    ...misspelt(given.env, draft.filters),
    ...inspectDotenv(world.disk),
    ...inspectAlerting(draft),
    ...inspectParts(allOf(partsOf(draft)), world.disk),
  ];
}

/** Of patterns and expressions in files; the engines for them are loaded only where there are any. */
export async function inspectPatterns({ parts }: FilterSet): Promise<readonly Finding[]> {
  const keys = ['pattern', 'merge', 'keep', 'enrich', 'scrub', 'timings', 'cases'];
  const intakes = parts.filter(
    ({ section, texts }) =>
      section === 'intakes' && (texts['format'] === 'pattern' || keys.some((key) => key in texts)),
  );
  const watches = parts.filter(({ section, texts }) => section === 'watches' && 'url' in texts && 'value' in texts);
  return [
    ...(intakes.length === 0 ? [] : (await import('./patterns.ts')).patternFindings(intakes)),
    ...(watches.length === 0 ? [] : (await import('./watches.ts')).watchFindings(watches)),
  ];
}

/** NOTE: a service that starts loads this file, and nothing of that. */
async function oddNow(filters: FilterSet, now: number): ReturnType<typeof oddByClock> {
  return (await import('../alerting/vet/by-clock.ts')).oddByClock(filters, now);
}

/** Nothing of it is loaded where there are no intakes. */
async function twinsOf({ config, sources }: Draft): Promise<readonly Check[]> {
  if (config.intakes.length === 0) return [];
  const names = config.intakes.map(({ name }) => name);
  const { intakesCheck } = await import('./intakes.ts');
  return intakesCheck(
    names,
    sources.map(({ built }) => built.part),
  );
}

/** Sheets, calendars and the place of backups; nothing of it is loaded where there are none. */
async function outsideOf(draft: Draft, world: World): Promise<readonly Check[]> {
  const { sheets, calendars, config } = draft;
  const { backup } = draft.filters;
  const roots = config.settings?.fileRoots;
  const hasFeeds = sheets.length + calendars.length > 0;
  return [
    ...(hasFeeds ? (await import('./outside/feeds.ts')).feedChecks(draft, world.now()) : []),
    ...(backup === undefined ? [] : [(await import('./outside/backup.ts')).backupCheck(backup, roots, world)]),
  ];
}

const NO_LEDGER: Check = {
  name: 'ledger',
  async *run() {
    yield { check: 'ledger', status: 'ok', variable: 'LEDGER_URL', say: 'is not set: each server remembers by itself' };
  },
};

type PartsOfDraft = Readonly<Record<'sources' | 'sinks' | 'ledger', readonly Examinable[]>>;

function allOf({ sources, sinks, ledger }: PartsOfDraft): readonly Examinable[] {
  return [...sources, ...sinks, ...ledger];
}

/** Those whose settings are good, each with its filters. */
function partsOf({ config, sources, sinks, shared, filters }: Draft): PartsOfDraft {
  const all = filters.filters;
  const readBy = (name: string) => all.filter(({ source = config.defaultSource }) => source === name);
  const sentTo = (name: string) => all.filter((it) => (it.sinks ?? config.defaultSinks).includes(name));
  const ledger = config.ledger === undefined ? [] : [{ ...config.ledger, vendor: config.ledger.name }];
  return {
    sources: examinable(
      config.sources,
      new Map(sources.map(({ name, built }) => [name, prepared(built)])),
      filters,
      readBy,
    ),
    sinks: examinable(config.sinks, new Map(sinks.map(({ name, sink }) => [name, sink])), filters, sentTo),
    ledger: examinable(ledger, new Map([['ledger', shared]]), filters, () => all),
  };
}

/** A source that does not say how it is examined is asked for what it looks up ahead. */
function prepared(built: Built<Source>): Built<Source> {
  if (built.examine !== undefined) return built;
  return {
    ...built,
    async *examine({ filters, scope }) {
      yield* await built.part.prepare(filters, scope);
    },
  };
}

function examinable(
  wanted: readonly Wanted<unknown>[],
  made: ReadonlyMap<string, Built<unknown> | undefined>,
  { parts }: FilterSet,
  filtersOf: (name: string) => readonly Filter[],
): readonly Examinable[] {
  return wanted.flatMap(({ name, vendor, configured }) => {
    const built = made.get(name);
    if (configured === undefined || built === undefined) return [];
    return [{ name, configured, built, filters: filtersOf(name), file: inFile({ name, vendor }, parts) }];
  });
}

function examDeps({ filters, voice: { log } }: Draft, { now, sleep, shutdown, disk }: World) {
  const deps: Omit<ScopeDeps, 'deadlineMs'> = { now, sleep, log, shutdown };
  return {
    now,
    sleep,
    disk,
    filters: filters.filters,
    openScope: (id: string, limitMs: number): OpenScope => openScope(id, { ...deps, deadlineMs: limitMs }),
  };
}
