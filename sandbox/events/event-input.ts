import { instantOf } from '../clock.ts';
import { hex, randomFrom, seedOf } from '../random.ts';
import type { EventInput, SandboxEvent } from '../types.ts';

/** Fills in what was left out; a title alone gives the metadata Sentry would have made of it. */
export function eventsOf(input: EventInput, projectId: string, serial: number): SandboxEvent[] {
  const arrivedAt = instantOf(input.arrivedAt ?? input.at);
  const moment = input.dateless === true ? arrivedAt : instantOf(input.at);
  const at = Math.floor(moment / 1000) * 1000;
  const title = input.title ?? 'Error: something failed';
  const common = {
    culprit: null,
    message: '',
    metadata: metadataOf(title),
    type: 'error',
    level: 'error',
    release: null,
    environment: null,
    user: null,
    transaction: null,
    platform: 'javascript',
    dist: null,
    handled: true,
    tags: {},
    stack: [],
    ...pickEventFields(input),
    at,
    title,
    projectId,
    arrivedAt,
    ...(moment === at || input.dateless === true ? {} : { millis: moment - at }),
    issueId: input.issue === undefined || input.issue === null ? null : String(input.issue),
  };
  return Array.from({ length: input.repeat ?? 1 }, (_, i) => ({
    ...common,
    id: input.id !== undefined && i === 0 ? input.id : idOf(serial + i),
  }));
}

function idOf(serial: number): string {
  return hex(randomFrom(seedOf('event', serial)), 32);
}

function pickEventFields(input: EventInput): Partial<SandboxEvent> {
  const { at: _at, arrivedAt: _arrived, project: _project, issue: _issue, repeat: _repeat, ...fields } = input;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function metadataOf(title: string): Record<string, string> {
  const parts = /^([\w.]+): (.+)$/s.exec(title);
  if (parts === null) return { title };
  return { type: parts[1] ?? '', value: parts[2] ?? '', title };
}
