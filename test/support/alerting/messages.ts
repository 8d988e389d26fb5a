import fs from 'node:fs';
import path from 'node:path';
import type { Message } from '../../../src/core/model/alerting/message.ts';
import { alertOf, type AlertInput } from './tellings.ts';

/** Forty titles that break what is careless. */
export const NASTY = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/titles/nasty.json'), 'utf8'),
) as readonly string[];

/** A message of one alert, unless it has others. */
export function messageOf(over: Partial<Message> = {}, alert: AlertInput = {}): Message {
  return {
    id: '3f6c2c1e-5c1b-4a53-8b0e-6a3f0a9d2b11',
    type: 'alerts',
    sentAt: '2026-11-20T10:07:30.000Z',
    alerts: [alertOf(alert)],
    lines: [],
    collects: null,
    mayRepeat: false,
    thread: null,
    server: 'host-1',
    places: {},
    ...over,
  };
}

/** Alerts about so many issues, in order. */
export function issueAlerts(count: number, title = 'TypeError: x is undefined in a place of usual length') {
  return Array.from({ length: count }, (_, index) =>
    alertOf({ subject: { id: String(6_507_000_000 + index), title } }),
  );
}
