import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import pkg from '../../package.json' with { type: 'json' };
import { valueOf } from '../config/schema.ts';
import { realFiles } from '../platform/real-files.ts';
import type { World } from './world.ts';

/** The real world: this process's environment, clock, randomness and disk. Only main, cli and its commands call it. */
export function realWorld(shutdown: AbortSignal, overrides: Partial<World> = {}): World {
  return {
    env: process.env,
    disk: fs,
    files: realFiles,
    now: () => Date.now(),
    uuid: randomUUID,
    random: () => Math.random(),
    sleep: async (ms, signal) => void (await wait(ms, undefined, { signal })),
    out: process.stdout,
    err: process.stderr,
    server: valueOf(process.env, 'SERVER_NAME') ?? hostname(),
    version: pkg.version,
    node: process.versions.node,
    shutdown,
    ...overrides,
  };
}
