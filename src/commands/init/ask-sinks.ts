import { sinks } from '../../integrations/sinks/index.ts';
import type { Answers, Desk } from './answers.ts';
import { isYes } from './plan-filters.ts';

/** Has a default that is often not the right one. */
const ASKED_TOO = ['NEW_RELIC_REGION'];

/** Where the counts go to. Whatever is known of a sink makes it wanted, and what it lacks is asked for. */
export async function askSinks(answers: Answers, { asker }: Desk): Promise<void> {
  for (const [name, { wantedBy, variables }] of Object.entries(sinks)) {
    const isKnown = isWanted(wantedBy, answers);
    if (!isKnown && (asker === undefined || !isYes(await asker.ask(`Send to ${name}?`, 'no')))) continue;
    for (const { env, required } of variables) if (required) await answers.fill(env);
    for (const { env } of variables)
      if (!isKnown && ASKED_TOO.includes(env) && answers.get(env) === undefined) {
        await answers.ask(env);
        await answers.fill(env);
      }
  }
}

function isWanted(wantedBy: readonly string[], answers: Answers): boolean {
  return wantedBy.some((variable) => answers.get(variable) !== undefined);
}

/** A laptop does not send by accident: without a sink, and unless it is wanted, runs only show. */
export async function askDryRun(answers: Answers, { asker, say }: Desk): Promise<void> {
  const hasSink = Object.values(sinks).some(({ wantedBy }) => isWanted(wantedBy, answers));
  if (answers.get('DRY_RUN') !== undefined) return;
  if (!hasSink) {
    say('   no sink: DRY_RUN=true, so that every run only shows');
    answers.set('DRY_RUN', 'true');
    return;
  }
  const isReal = asker === undefined || isYes(await asker.ask('Send for real? Otherwise every run only shows', 'yes'));
  answers.set('DRY_RUN', String(!isReal));
}
