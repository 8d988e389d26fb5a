import type { AddressInfo, Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { flavourNamed } from './sentry/flavours.ts';
import { createEdge } from './http/edge.ts';
import { createMailServer } from './mail/server.ts';
import { type Addresses, addressesOf } from './world/addresses.ts';
import type { Keys } from './world/state.ts';
import { acmeScene, type OwnProject, ownScene } from './story/scene.ts';
import { createStory } from './story/story.ts';
import type { FlavourName, Story } from './types.ts';
import { createWorld, type World } from './world/world.ts';

export type { EventInput, FlavourName, Issue, IssueInput, Planted, Project, SandboxEvent } from './types.ts';
export { type Fault, FAULT_KINDS, type FaultKind } from './http/faults.ts';
export type { OwnProject } from './story/scene.ts';
export type { MassInput } from './events/masses.ts';
export type { LoggedRequest } from './http/requests.ts';
export type { Arrived, Tally } from './control/tally.ts';
export type {
  AnodotSample,
  Delivery,
  DroppedRecord,
  RawRequest,
  Received,
  RefusedSample,
  SeriesPoint,
  StoredPing,
  StoredRecord,
  StoredSample,
} from './world/received.ts';
export type { Truth, TruthQuestion } from './world/truth.ts';
export type { World } from './world/world.ts';
export type { Keys } from './world/state.ts';
export { anodotSeries } from './world/received.ts';

export type SandboxOptions = {
  host?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Epoch milliseconds. */
  now: () => number;
  seed?: number;
  /** Default `none`: only what is added. */
  story?: 'lively' | 'none';
  /** Where the story plays. Default: acme's six projects, in production and staging. */
  projects?: readonly OwnProject[];
  environments?: readonly string[];
  /** Which server the Sentry side is. Default `sentry`: the newest. */
  flavour?: FlavourName;
  /** Real time at which story time is 0; taken down to five minutes. Default 0. */
  epoch?: number;
  /** Events without an issue per slot of the story. Default 0. */
  orphans?: number;
  /** Before Sentry's `/api/0/`, as of a self-hosted one: `/sentry`. */
  basePath?: string;
  sentryToken?: string;
  sentryOrg?: string;
  newRelicKey?: string;
  newRelicAccountId?: string;
  anodotToken?: string;
  pingId?: string;
  cronKey?: string;
  webhookKey?: string;
  slackToken?: string;
  slackSecret?: string;
  telegramToken?: string;
  smtpUser?: string;
  smtpPassword?: string;
  pagerDutyKey?: string;
  teamsSignature?: string;
  discordToken?: string;
  /** For `slow` faults. */
  sleep?: (ms: number) => Promise<void>;
};

export type Sandbox = {
  /**
   * `http://host:port`: New Relic, Anodot, /ping/{id}, /api/1/cron/{monitor}/{key}/, /hook/{name} and /sandbox/ are
   * directly below.
   */
  readonly url: string;
  /** With the base path; `/api/0/…` is below. */
  readonly sentryUrl: string;
  readonly keys: Keys;
  /** Addresses of webhooks that are secrets as a whole; with the keys as they were at first. */
  readonly addresses: Addresses;
  readonly world: World;
  close(): Promise<void>;
};

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const seed = options.seed ?? 1;
  const keys = keysOf(options);
  const story = options.story === 'lively' ? storyOf(options, seed) : undefined;
  const { world, state } = createWorld({
    now: options.now,
    seed,
    keys,
    story,
    flavour: flavourNamed(options.flavour ?? 'sentry'),
  });
  const basePath = (options.basePath ?? '').replace(/\/+$/, '');
  const stop = new AbortController();
  let arrived = 0;
  const count = (): number => ++arrived;
  const server = createEdge({ world, state, basePath, sleep: options.sleep ?? sleepUntil(stop.signal), count });
  const mail = createMailServer(state, count);
  const host = options.host ?? '127.0.0.1';
  const url = `http://${host}:${String(await listening(server, options.port ?? 0, host))}`;
  const mailPort = await listening(mail.server, 0, host);
  const close = async (): Promise<void> => {
    stop.abort();
    const closed = Promise.all([ended(server), ended(mail.server)]);
    server.closeAllConnections();
    mail.closeAllConnections();
    await closed;
  };
  return { url, sentryUrl: url + basePath, keys, addresses: addressesOf(url, mailPort, keys), world, close };
}

/** Gives back its port. */
async function listening(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function ended(server: Server): Promise<unknown> {
  return new Promise((resolve) => {
    server.close(resolve);
  });
}

function storyOf({ epoch = 0, orphans = 0, projects = [], environments }: SandboxOptions, seed: number): Story {
  const scene = projects.length === 0 ? acmeScene() : ownScene(projects, environments);
  return createStory({ seed, epoch, orphans, scene });
}

function keysOf(options: SandboxOptions): Keys {
  return {
    sentryToken: options.sentryToken ?? 'sandbox-sentry-token',
    sentryOrg: options.sentryOrg ?? 'acme',
    newRelicKey: options.newRelicKey ?? '0123456789abcdef0123456789abcdef01234567',
    newRelicAccountId: options.newRelicAccountId ?? '1234567',
    anodotToken: options.anodotToken ?? 'sandbox-anodot-token',
    pingId: options.pingId ?? '5ab0d0c4-1111-4222-8333-444455556666',
    dsnKey: '5e4d3c2b1a0f5e4d3c2b1a0f5e4d3c2b',
    cronKey: options.cronKey ?? 'c0ffee00c0ffee00c0ffee00c0ffee00',
    webhookKey: options.webhookKey ?? 'whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveCE=',
    slackToken: options.slackToken ?? 'xoxb-0123456789-sandbox-slack-token',
    slackSecret: options.slackSecret ?? 'sAndb0xsAndb0xsAndb0xsAn',
    telegramToken: options.telegramToken ?? '110201543:sandbox-sandbox-sandbox-telegram-01',
    smtpUser: options.smtpUser ?? 'sandbox',
    smtpPassword: options.smtpPassword ?? 'sandbox-mail-password',
    pagerDutyKey: options.pagerDutyKey ?? '5a4db0c5a4db0c5a4db0c5a4db0c5a4d',
    teamsSignature: options.teamsSignature ?? 'sandbox-teams-signature-0123456789',
    discordToken: options.discordToken ?? 'sandbox-discord-token-0123456789',
  };
}

function sleepUntil(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) => wait(ms, undefined, { signal }).catch(() => undefined);
}
