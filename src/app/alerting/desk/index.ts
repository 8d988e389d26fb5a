import type { Desk } from '../../../core/ports/alerting/desk.ts';
import type { SignedPost } from '../../../server/api/signed.ts';
import { createDeskWork, type DeskDeps } from './work.ts';

export type { DeskDeps } from './work.ts';

type Answer = SignedPost['answer'];

/** How posts of what people do in Slack are answered; `first`: of a channel that lets them. */
export function deskAnswers(
  deps: DeskDeps,
  first: () => Promise<Desk>,
): Readonly<Record<'actions' | 'options', Answer>> {
  const work = createDeskWork(deps);
  const signed =
    (take: (body: string, desk: Desk) => ReturnType<Answer>): Answer =>
    async (posted) => {
      const desk = await first();
      if (!desk.isSigned(posted, deps.now())) return 'unsigned';
      return take(Buffer.from(posted.body).toString(), desk);
    };
  return {
    actions: signed(async (body, desk) => {
      const pressed = desk.pressed(body);
      if (pressed === undefined) return 'unread';
      return pressed === null ? {} : { after: () => work.press(pressed, desk) };
    }),
    options: signed(async (body, desk) => {
      const looked = desk.looked(body);
      if (looked === undefined) return 'unread';
      return { body: desk.options(looked === null ? [] : await work.look(looked)) };
    }),
  };
}
