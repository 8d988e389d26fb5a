import { runCommand } from './commands.ts';
import { type Answer, json, parseJson } from '../http/message.ts';
import { inboxAnswer } from './inbox/page.ts';
import { anodotSeries } from '../world/received.ts';
import { tally } from './tally.ts';
import type { World } from '../world/world.ts';

/** The control API below /sandbox/: every method of `World` that JSON can carry. */
export function controlAnswer(world: World, method: string, url: URL, body: string): Answer {
  const path = url.pathname.slice('/sandbox/'.length).replace(/\/$/, '');
  try {
    if (method === 'GET') return looked(world, path, url.searchParams);
    if (method === 'DELETE' && path === 'faults') {
      world.faults.clear();
      return json(200, { ok: true });
    }
    const parsed = body === '' ? { value: {} } : parseJson(body);
    if (method !== 'POST') return json(405, { error: `not known: ${method} ${url.pathname}` });
    if (parsed === undefined) return json(400, { error: 'body is not JSON' });
    return json(200, runCommand(world, path, parsed.value));
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function looked(world: World, path: string, query: URLSearchParams): Answer {
  if (path === 'received') {
    const { anodot, ...others } = world.received;
    return json(200, { ...others, anodot: { ...anodot, series: anodotSeries(anodot.samples) } });
  }
  if (path === 'inbox' || path.startsWith('inbox/')) return inboxAnswer(world, `/${path}`, query) ?? nothingAt(path);
  if (path === 'tally') return tallyAnswer(world);
  if (path === 'requests')
    return json(200, { requests: world.requests.all(), maxInFlight: world.requests.maxInFlight() });
  if (path === 'events') return json(200, { events: world.events(query.get('start') ?? '', query.get('end') ?? '') });
  if (path === 'planted') return json(200, { planted: world.planted(query.get('from') ?? '', query.get('to') ?? '') });
  if (path === 'projects') return json(200, { projects: world.projects() });
  if (path === 'faults') return json(200, { faults: world.faults.waiting() });
  if (path === 'flavour') return json(200, { flavour: world.flavour() });
  if (path === 'clock') return json(200, { now: world.clock.now() });
  return nothingAt(path);
}

/** JSON with a group a line, for who looks at it in a terminal. */
function tallyAnswer({ received }: World): Answer {
  const { arrived, ...sums } = tally(received);
  const rows = arrived.map((it) => JSON.stringify(it)).join(',\n');
  return { ...json(200, {}), body: `{"arrived":[${rows}],${JSON.stringify(sums).slice(1)}\n` };
}

function nothingAt(path: string): Answer {
  return json(404, { error: `nothing at /sandbox/${path}` });
}
