import { alertText, firingAlert, acknowledge } from '../../../core/telling/acts/acknowledge.ts';
import { type ActDeps, type Done, keepDone } from '../../../core/telling/acts/done.ts';
import { messageOf, sendAgain } from '../../../core/telling/acts/send-again.ts';
import { headOf } from '../../../core/alerts/words/head.ts';
import { muteText } from '../../../core/alerts/outbox/forming/mutes.ts';
import type { Mute } from '../../../core/model/alerting/rule.ts';
import { BadWords, type Words } from '../../../core/telling/asked/words.ts';
import { muteBy, type MuteDeps, unmuteBy } from '../../../core/telling/mutes/mute-by.ts';
import type { PageActs } from '../../../server/pages/act/acts.ts';
import type { KeptDeps } from '../deps.ts';
import { muteDeps } from '../mute-deps.ts';

/** What people do from the pages; all of it by the ledger's clock, and kept with who did it. */
export function pageActs(deps: KeptDeps): PageActs {
  const { alerts, outbox, inForce, uuid, server } = deps;
  const actDeps = async (): Promise<ActDeps> => {
    const now = await outbox.now();
    return { outbox, uuid, now: () => now };
  };
  const mutingDeps = async (by: string): Promise<MuteDeps> =>
    muteDeps({ outbox, inForce: inForce(), by, now: await outbox.now(), uuid, server });
  return {
    mute: async (words, by) =>
      understood(async () => {
        const mute = await muteBy(words, await mutingDeps(by));
        return keepDone({ kind: 'mute', by, target: mute.id, text: textOf(mute) }, await actDeps());
      }),
    unmute: async (id, by) =>
      understood(async () => {
        const words: Words = { id };
        const [mute] = await unmuteBy(words, await mutingDeps(by));
        return keepDone({ kind: 'unmute', by, target: id, text: textOf(mute!) }, await actDeps());
      }),
    acknowledge: async (alertId, by) => acknowledge({ alertId, by }, { ...(await actDeps()), alerts }),
    sendAgain: async (messageId, by) => sendAgain({ messageId, by }, await actDeps()),
    about: (what, id) => aboutOf(what, id, deps),
  };
}

async function aboutOf(
  what: Parameters<PageActs['about']>[0],
  id: string,
  { alerts, outbox }: KeptDeps,
): Promise<string | null> {
  switch (what) {
    case 'alert': {
      const alert = await firingAlert(id, alerts);
      return alert === undefined ? null : alertText(alert);
    }
    case 'message': {
      const kept = await messageOf(id, { outbox });
      return kept === undefined ? null : `${headOf(kept.message)}, by ${kept.channel}`;
    }
    case 'mute': {
      const mute = (await outbox.mutes()).find((it) => it.id === id);
      return mute === undefined ? null : textOf(mute);
    }
  }
}

function textOf(mute: Mute): string {
  const { what } = mute;
  return `${what.kind === 'all' ? 'everything' : `${what.kind} ${what.name}`} ${muteText(mute)}`;
}

async function understood(act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof BadWords) return { fault: `${error.message}.` };
    throw error;
  }
}
