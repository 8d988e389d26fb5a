import { sinks } from '../../integrations/sinks/index.ts';
import type { Answers, Desk } from './answers.ts';
import { askYesOrNo } from './yes-or-no.ts';

/** Has a default that is often not the right one. */
const ASKED_TOO = ['NEW_RELIC_REGION'];

/** Where the counts go to. Whatever is known of a sink makes it wanted, and what it lacks is asked for. */
export async function askSinks(answers: Answers, desk: Desk): Promise<void> {
  for (const [name, { wantedBy, variables }] of Object.entries(sinks)) {
    const isKnown = isWanted(wantedBy, answers);
    if (!isKnown && !(await isChosen(name, desk))) continue;
    for (const { env, required } of variables) if (required) await answers.fill(env);
    for (const { env } of variables)
      if (!isKnown && ASKED_TOO.includes(env) && answers.get(env) === undefined) {
        await answers.ask(env);
        await answers.fill(env);
      }
  }
}

async function isChosen(name: string, { asker, say }: Desk): Promise<boolean> {
  if (asker === undefined) return false;
  const question = `Send to ${name}?`;
  return askYesOrNo({ question, otherwise: 'no', next: 'the key is asked next' }, { asker, say });
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
  const question = 'Send for real? Otherwise every run only shows';
  const isReal = asker === undefined || (await askYesOrNo({ question, otherwise: 'yes' }, { asker, say }));
  answers.set('DRY_RUN', String(!isReal));
}
