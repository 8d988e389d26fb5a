import type { Sandbox } from '../../../sandbox/index.ts';
import { scheduleText } from '../../core/model/alerting/digest-plan.ts';
import { HOUR_MS } from '../../core/model/window.ts';
import { indented, pictureText } from './picture.ts';
import type { Seed } from './seed.ts';

const NAME = 'half-day';
const CHANNELS = ['team', 'lead'];
const SPAN_MS = 12 * HOUR_MS;

/** Twice a day at the end of the demo's window, epoch ms: then it speaks of the half day before. */
function patternAt(end: number): string {
  const at = new Date(end);
  const hour = at.getUTCHours() % 12;
  return `${at.getUTCMinutes()} ${hour},${hour + 12} * * *`;
}

export function digestFile(end: number): string {
  const tell = CHANNELS.join(', ');
  return `digests:
  # When the demo began; a team would write Mon-Fri 09:00 Europe/Berlin.
  - { name: ${NAME}, at: '${patternAt(end)} UTC', filters: [shop, checkout], tell: [${tell}], chart: 12h }
`;
}

/** As if it stood in the files since the half day began, and somebody looked at it within the hour. */
export function digestSeed(now: number, end: number): Seed {
  const schedule = scheduleText({ kind: 'cron', cron: patternAt(end), zone: 'UTC' });
  const rows = CHANNELS.map((channel) => {
    const since = { toldTo: end - SPAN_MS, upSince: end - HOUR_MS };
    return { digest: NAME, channel, schedule, loadedAt: now, ...since, place: null };
  });
  return { rows };
}

/** So long it may be on its way, ms. */
const PATIENCE_MS = 20_000;

/** The digest as it was read in the chat, and where the picture of the mail lies. `due`: has what is due done. */
export async function digestShown({ world }: Pick<Sandbox, 'world'>, due: () => Promise<unknown>): Promise<string> {
  const { slack, mail } = world.received;
  const find = ({ messages }: typeof slack) => messages.find(({ text }) => text.includes(NAME));
  for (const limit = performance.now() + PATIENCE_MS; performance.now() < limit;) {
    if (find(slack) !== undefined && find(mail)?.picture !== undefined) break;
    await due();
    await new Promise((done) => setTimeout(done, 100));
  }
  return [
    '   The digest of half a day, in Slack:\n',
    indented(find(slack)?.text ?? 'none'),
    pictureText(NAME, find(mail)?.picture),
  ].join('\n');
}
