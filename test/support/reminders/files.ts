import assert from 'node:assert/strict';
import { assemble } from '../../../src/app/assemble.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { judgeReminders } from '../../../src/config/reminders/judge.ts';
import { StartError } from '../../../src/app/start-error.ts';
import { worldOf } from '../../app/fake-world.ts';

export const ENV: Readonly<Record<string, string>> = {
  LEDGER_URL: 'sqlite:ledger.db',
  SLACK_TOKEN: 'xoxb-0123456789-abcdef',
  SMTP_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'a@example.com',
};
export const CRM = "crm: { slack: '#crm', key: SLACK_TOKEN }";

export function start(people: string, reminders: string, { channels = CRM, env = ENV } = {}) {
  const text = `channels: { ${channels} }
filters: [{ name: f1, projects: [crm-web] }]
people: ${people}
reminders: ${reminders}
`;
  try {
    const program = assemble(worldOf(env, { 'config/filters.yaml': text }).world);
    const { filters, channels: made } = program;
    const faults = [...filters.faults, ...filters.warnings].map((it) => `${it.where}: ${it.text}`);
    return { faults, filters, made: made.map(({ channel }) => channel.name) };
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return { faults: error.faults, filters: undefined, made: [] };
  }
}

/** What is wrong with a file, by itself. */
export function faultsIn(text: string): readonly string[] {
  const set = loadFilters([{ path: 'f.yaml', text: `channels: { ${CRM} }\n${text}\n` }], [], partKinds);
  const enabled = set.parts.concat(set.lostParts).map(({ name }) => name);
  const judged = judgeReminders(set, { enabled, broken: [], pagers: [], trackers: [] });
  return [...set.faults.map((it) => it.text), ...[...judged.faults.values()].flat().map((it) => it.text)];
}

export const TEXT = '{ one: { text: Stand-up, at: Mon-Fri 09:25 Europe/Berlin, tell: crm } }';
