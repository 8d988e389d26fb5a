import type { Alert } from '../../../src/core/model/alerting/alert.ts';
import type { Desk, Pressed, PressedAct } from '../../../src/core/ports/alerting/desk.ts';
import type { Outbox } from '../../../src/core/ports/alerting/outbox.ts';
import type { Tickets } from '../../../src/core/ports/tickets/tickets.ts';
import { lookFor } from '../../../src/core/telling/pressed/look-for.ts';
import { press, type PressDeps, type PressOutcome } from '../../../src/core/telling/pressed/press.ts';
import { createTickets } from '../../../src/core/tickets/create-tickets.ts';
import { issueKey, ticketSaid } from '../../../src/core/model/ticketing/ticket.ts';
import { newMessage } from '../../../src/storage/alerts/new-message.ts';
import { memoryAlerts } from '../../../src/storage/memory/alerts/index.ts';
import { messageOf } from '../alerting/messages.ts';
import { alertOf, TEN } from '../alerting/tellings.ts';
import { scopeOf } from '../build/scope.ts';
import { filingBox, type FilingBox } from '../tickets/filing.ts';

export const ANN = { id: 'U0ANN', name: 'ann', isStranger: false };

/** A message with two alerts that a channel brought, and who presses in it. */
export interface PressBench {
  readonly box: FilingBox;
  readonly outbox: Outbox;
  readonly alerts: readonly Alert[];
  /** Vendor's ids of who may do everything; null: nobody is named. */
  users: readonly string[] | null;
  teams: readonly string[];
  /** Nobody says of issues that they are resolved. */
  isEndless: boolean;
  /** The message is where it was sent to. */
  isThere: boolean;
  /** A server of its own. */
  server(): {
    press(act: PressedAct, more?: Partial<Pressed>): Promise<PressOutcome>;
    look(text: string, who?: Pressed['who']): Promise<readonly string[]>;
    readonly tickets: Tickets;
  };
}

export async function pressBench(alerts = [alertOf(), alertOf({ rule: 'events > 100' })]): Promise<PressBench> {
  const box = filingBox();
  const { outbox } = memoryAlerts(() => TEN);
  const message = messageOf({ alerts });
  await outbox.post('crm', message, TEN);
  const token = (await outbox.lease('crm', 1000))!;
  await outbox.note('crm', token, { ...newMessage('crm', message, TEN), fate: 'sent', ref: 'C0CRM/1.000001/2' });
  await outbox.release('crm', token);
  const bench: PressBench = {
    ...{ box, outbox, alerts, users: null, teams: ['crm', 'shop'], isEndless: false, isThere: true },
    server() {
      const tickets = createTickets({
        ...box.deps,
        teams: bench.teams,
        hitsOf: box.hitsOf,
        sourceHits: async () => null,
      });
      const deps = depsOf(bench, tickets);
      let presses = 0;
      const at = { team: null, channel: 'C0CRM', ids: ['1.000001'], answerUrl: null };
      const around = { messageId: message.id, place: 0, who: ANN, at };
      return {
        tickets,
        press: (act, more = {}) => press({ id: `press ${++presses}`, act, ...around, ...more }, deps, scopeOf()),
        look: async (text, who = ANN) =>
          (await lookFor({ text, messageId: message.id, who, at }, deps, scopeOf())).map((it) => it.text),
      };
    },
  };
  return bench;
}

function depsOf(bench: PressBench, tickets: Tickets): PressDeps {
  const { outbox } = bench;
  const desk = { isAt: async () => bench.isThere } as unknown as Desk;
  let ids = 0;
  return {
    outbox,
    tickets,
    desk: async (channel) => (channel === 'crm' ? { ...desk, users: bench.users } : undefined),
    muting: async (by) => ({
      ...{ outbox, by, told: [], ofFiles: [], now: TEN, server: 'host-1' },
      known: { filters: [{ name: 'crm-checkout', alerts: [] }], channels: ['crm'] },
      uuid: () => `0000000${++ids}-1111-4111-8111-111111111111`,
    }),
    isNeverResolved: () => bench.isEndless,
    async ticketsOf(alerts) {
      const issues = alerts.map(({ subject }) => ({ project: subject.project ?? '', id: subject.id }));
      const found = await tickets.of(issues);
      return new Map(alerts.map((alert, n) => [alert.id, (found.get(issueKey(issues[n]!)) ?? []).map(ticketSaid)]));
    },
  };
}
