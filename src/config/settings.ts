import { baseUrl, commaList, flag, oneOf, plain, quote, secret, text, wholeNumber } from './formats.ts';
import { fileSchema, type FileSettings } from './file-settings.ts';
import { type PageGiven, pageSchema, type PageSettings, tokenFaults } from './page-settings.ts';
import {
  checkSettings,
  type Env,
  type Schema,
  secretsOf,
  SettingsError,
  valueOf,
  type Variable,
  variablesOf,
} from './schema.ts';
import { adminSchema, type AdminSettings, apmSchema, watchSchema, type WatchSettings } from './watch-settings.ts';

/** The program's own settings; those of sources and sinks are declared with them. */
export interface Settings extends PageSettings, WatchSettings, FileSettings, AdminSettings {
  readonly port: number;
  readonly host: string;
  /** Each of them opens `/run`; empty: no token is asked for. */
  readonly tokens: readonly string[];
  /** Each of them opens `/intake/<name>`, and nothing else. */
  readonly intakeTokens: readonly string[];
  /** Each of them opens `/metrics`; empty: only this machine may look. */
  readonly metricsTokens: readonly string[];
  /** Of this server, where it is not the host's. */
  readonly serverName: string | undefined;
  /** Where people and crons reach this service. */
  readonly publicUrl: string | undefined;
  readonly dryRun: boolean;
  /** A YAML file, or a folder of them. */
  readonly filters: string;
  readonly strictFilters: boolean;
  /** Undefined: those whose variables are set. */
  readonly sinks: readonly string[] | undefined;
  readonly settleMs: number;
  readonly runDeadlineMs: number;
  readonly shutdownMs: number;
  readonly logLevel: LogLevel;
  readonly logFormat: 'json' | 'pretty';
  /** Values that logs and answers must not show. */
  readonly secrets: readonly string[];
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** As the variables have them. */
interface Given
  extends
    PageGiven,
    Omit<
      Settings,
      | keyof PageSettings
      | 'host'
      | 'tokens'
      | 'intakeTokens'
      | 'metricsTokens'
      | 'settleMs'
      | 'runDeadlineMs'
      | 'shutdownMs'
      | 'secrets'
    > {
  readonly host: string | undefined;
  readonly tokens: readonly string[] | undefined;
  readonly intakeTokens: readonly string[] | undefined;
  readonly metricsTokens: readonly string[] | undefined;
  readonly settleSeconds: number;
  readonly runDeadlineSeconds: number;
  readonly shutdownSeconds: number;
}

const HOST_LOOKS = 'an address or host name without port, such as 127.0.0.1';
const SINK_LOOKS = 'names of sinks with commas between them, such as newrelic,anodot';

/** Where filters are looked for, unless `FILTERS` says otherwise. */
export const FILTERS_PATH = 'config/filters.yaml';

/** A file, or a folder. For who needs no other setting: whether these are good is not asked. */
export function filtersPath(env: Env): string {
  return valueOf(env, 'FILTERS') ?? FILTERS_PATH;
}

const schema: Schema<Given> = {
  port: { env: 'PORT', doc: 'port to listen on', format: wholeNumber(0, 65_535), default: 3000 },
  host: {
    env: 'HOST',
    doc: 'address to listen on; default 127.0.0.1, with a token 0.0.0.0',
    format: text(/[a-zA-Z0-9.:-]+/, HOST_LOOKS),
    default: null,
    optional: true,
  },
  tokens: {
    env: 'TRIGGER_TOKEN',
    doc: 'tokens that open POST /run, at least 16 characters each',
    format: commaList(secret(16)),
    default: null,
    optional: true,
    sensitive: true,
  },
  intakeTokens: {
    env: 'INTAKE_TOKEN',
    doc: 'tokens that open POST /intake/… and nothing else, at least 16 characters each; TRIGGER_TOKEN opens it too',
    format: commaList(secret(16)),
    default: null,
    optional: true,
    sensitive: true,
  },
  metricsTokens: {
    env: 'METRICS_TOKEN',
    doc: 'tokens that open GET /metrics, at least 16 characters each; without one only this machine may look',
    format: commaList(secret(16)),
    default: null,
    optional: true,
    sensitive: true,
  },
  dryRun: { env: 'DRY_RUN', doc: 'every run is a debug run: nothing is sent', format: flag, default: false },
  filters: {
    env: 'FILTERS',
    doc: 'YAML file of filters, or a folder of such files',
    format: plain,
    default: FILTERS_PATH,
  },
  strictFilters: { env: 'STRICT_FILTERS', doc: 'a faulty filters file ends the start', format: flag, default: false },
  ...fileSchema,
  sinks: {
    env: 'SINKS',
    doc:
      'sinks of filters that name none; of those that the environment sets up the others are off; ' +
      'default those whose variables are set',
    format: commaList(text(/[a-z0-9-]+/, SINK_LOOKS)),
    default: null,
    optional: true,
  },
  settleSeconds: {
    env: 'SETTLE_SECONDS',
    doc: 'how long a window is left alone after its end',
    format: wholeNumber(0, 3600),
    default: 120,
  },
  runDeadlineSeconds: {
    env: 'RUN_DEADLINE_SECONDS',
    doc: 'how long a run may take',
    format: wholeNumber(1, 3600),
    default: 120,
  },
  shutdownSeconds: {
    env: 'SHUTDOWN_SECONDS',
    doc: 'how long runs may take to end at shutdown',
    format: wholeNumber(0, 3600),
    default: 25,
  },
  logLevel: {
    env: 'LOG_LEVEL',
    doc: 'least level that is logged',
    format: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
  },
  logFormat: {
    env: 'LOG_FORMAT',
    doc: 'json for machines, pretty for people',
    format: oneOf('json', 'pretty'),
    default: 'json',
  },
  ...pageSchema,
  ...watchSchema,
  serverName: {
    env: 'SERVER_NAME',
    doc: "name of this server, in answers and logs and for who sends what; default the host's; set it in containers",
    format: text(/[\w.@-]{1,100}/, 'a name of letters, digits, dots and hyphens, such as monitor-1'),
    default: null,
    optional: true,
  },
  ...adminSchema,
  publicUrl: {
    env: 'PUBLIC_URL',
    doc: 'address at which people and crons reach this service, for links in alerts; doctor asks whether it leads here',
    format: baseUrl,
    default: null,
    optional: true,
  },
  ...apmSchema,
};

/** The program's own variables. */
export const variables: readonly Variable[] = variablesOf(schema);

/** Throws a SettingsError with all faults. Secrets from files are expected in `env`: see `expandFiles`. */
export function loadSettings(env: Env): Settings {
  const { settings, faults } = checkSettings(schema, env);
  if (isExposed(settings.host, env)) {
    const open = `${quote(settings.host)} can be reached from other machines and TRIGGER_TOKEN is not set`;
    faults.push({ variable: 'HOST', text: `${open}; set TRIGGER_TOKEN, or HOST to 127.0.0.1` });
  }
  faults.push(...tokenFaults(settings));
  if (faults.length > 0) throw new SettingsError(faults);
  return settingsFrom(settings as Given);
}

function settingsFrom(given: Given): Settings {
  const {
    settleSeconds,
    runDeadlineSeconds,
    shutdownSeconds,
    tokens = [],
    intakeTokens = [],
    metricsTokens = [],
    pageUsers = [],
    ...rest
  } = given;
  return {
    ...rest,
    tokens,
    intakeTokens,
    metricsTokens,
    pageUsers,
    host: given.host ?? (tokens.length > 0 ? '0.0.0.0' : '127.0.0.1'),
    settleMs: settleSeconds * 1000,
    runDeadlineMs: runDeadlineSeconds * 1000,
    shutdownMs: shutdownSeconds * 1000,
    secrets: [...secretsOf(schema, given), ...pageUsers.map(({ token }) => token)],
  };
}

function isExposed(host: string | undefined, env: Env): host is string {
  if (host === undefined || valueOf(env, 'TRIGGER_TOKEN') !== undefined) return false;
  return !/^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host);
}
