import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JiraDouble, startJira } from '../../../../sandbox/jira/server.ts';
import type { TicketStore } from '../../../../src/core/ports/tickets/ticket-store.ts';
import type { Tickets } from '../../../../src/core/ports/tickets/tickets.ts';
import { createTickets } from '../../../../src/core/tickets/create-tickets.ts';
import { trackers } from '../../../../src/integrations/trackers/index.ts';
import { createHttp } from '../../../../src/platform/http/client.ts';
import { sqlTickets } from '../../../../src/storage/ledger/tickets/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';
import { contentIn, sha256 } from '../../../support/tickets/filing.ts';
import { KEY } from '../../../support/tickets/jira.ts';

const ISSUES = 50;
const CLICKS = 1_000;
/** Of the writes of a server so many go before it is killed at one of them. */
const LIVES = 23;
/** Jira's search is so late, ms; all other waits are that much shorter than they are. */
const LAG_MS = 300;
const FASTER = 25;
const ROUNDS = 8;
/** What was lost on its way to Jira is made anew after a quarter of an hour, which passes after so many rounds. */
const SOON = 4;
const LATER_MS = 16 * 60_000;

/** Of all servers. */
interface Life {
  isMortal: boolean;
  /** So much later it is than it was, ms. */
  laterMs: number;
}

/** A store whose server is killed now and then, before a write or right after it: what it held it holds for ever. */
function mortal(store: TicketStore, life: Life): TicketStore {
  const dead = new Set<string>();
  let writes = 0;
  const die = (token: string): never => {
    dead.add(token);
    throw new Error('killed');
  };
  return {
    ...store,
    now: async () => (await store.now()) + life.laterMs,
    async keep(at, token, ...rest) {
      if (dead.has(token)) throw new Error('it is dead');
      const isLast = life.isMortal && ++writes % LIVES === 0;
      if (isLast && writes % 2 === 0) die(token);
      const kept = await store.keep(at, token, ...rest);
      return isLast ? die(token) : kept;
    },
  };
}

for (const { kind, open } of KINDS)
  describe(`proof: three servers, a thousand clicks, kills and cut answers, in ${kind}`, () => {
    let box: LedgerBox;
    let jira: JiraDouble;
    before(async () => {
      box = await open();
      jira = await startJira({ kind: 'data-center', now: Date.now, login: `Bearer ${KEY}`, lagMs: LAG_MS });
    });
    after(async () => {
      await jira.close();
      await box.close();
    });

    async function serve(life: Life): Promise<Tickets> {
      const env = { 'tickets.jira.url': jira.url, 'tickets.jira.key': KEY, 'tickets.jira.project': 'CRM' };
      const now = Date.now;
      const clock = {
        now,
        sleep: async (ms: number, signal?: AbortSignal) => sleep(ms / FASTER, undefined, { signal }),
      };
      const http = createHttp({ ...clock, random: Math.random, userAgent: 'proof' });
      const { part } = trackers['jira']!.read(env).create({ ...depsOf(), ...clock, http }, 'tickets.jira');
      const contentOf = async () => contentIn({ hits: [{ at: now(), user: null, url: null }] });
      return createTickets({
        ...{ ...clock, ...part, contentOf, hash: sha256, uuid: randomUUID },
        tracker: await part.load(),
        store: mortal(sqlTickets(box.another(), randomUUID), life),
        hitsOf: async () => ({ listed: [], more: 0 }),
        sourceHits: async () => null,
      });
    }

    it('make one ticket for each issue, and everybody gets its key in the end', async function () {
      this.timeout(180_000);
      const life: Life = { isMortal: true, laterMs: 0 };
      const servers = await Promise.all([0, 1, 2].map(() => serve(life)));
      const keys = new Map<string, Set<string>>();
      const click = async (issue: number, server: number): Promise<boolean> => {
        const id = String(issue);
        const order = { issue: { project: 'shop', id }, project: null, team: null, ticket: null } as const;
        const scope = scopeOf({ deadline: Date.now() + 30_000 });
        const outcome = await servers[server]!.file({ ...order, by: 'ann', from: 'page' }, scope).catch(() => null);
        if (outcome === null || !('ticket' in outcome)) return false;
        keys.set(id, (keys.get(id) ?? new Set()).add(outcome.ticket.key));
        return true;
      };
      const all = Array.from({ length: CLICKS }, (_, n) => n);
      for (let n = 0; n < 40; n++)
        jira.faults.push({ method: 'POST', path: '/issue', kind: ([503, 'cut', 'lost'] as const)[n % 3]! });
      const first = await Promise.all(all.map((n) => click(n % ISSUES, n % 3)));
      const killed = first.filter((isServed) => !isServed).length;
      assert.ok(killed > ISSUES / 2, `${killed} clicks came to nothing at first`);
      life.isMortal = false;
      jira.faults.length = 0;
      const { db } = await box.database.ready();
      let left = all.slice(0, 3 * ISSUES);
      for (let round = 0; round < ROUNDS && left.length > 0; round++) {
        if (round === SOON) life.laterMs = LATER_MS;
        // Whoever died held a row for two minutes: they are over. What may have been made is found when search has it.
        await db.updateTable('sentry_monitor_tickets').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
        await sleep(LAG_MS);
        const served = await Promise.all(left.map((n) => click(n % ISSUES, n % 3)));
        left = left.filter((_, at) => !served[at]!);
      }
      const labels = jira.issues.map((it) => it.labels.find((label) => label.startsWith('sm-')));
      assert.deepEqual([jira.issues.length, new Set(labels).size, left], [ISSUES, ISSUES, []]);
      assert.ok([...keys.values()].every((own) => own.size === 1));
      assert.equal(keys.size, ISSUES);
    });
  });
