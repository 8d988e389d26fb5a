import type { Desk } from '../../../core/ports/alerting/desk.ts';
import { once } from '../../../platform/late.ts';
import type { SignedPost } from '../../../server/api/signed.ts';
import type { DeskDeps } from './work.ts';

/** As much as Slack posts of a long message, with room, bytes. */
const MOST_BYTES = 256 * 1024;

/** Ways in for what people do in Slack; undefined: no channel lets them. */
export function signedPosts(deps: DeskDeps): readonly SignedPost[] | undefined {
  const { channels, now } = deps;
  const open = channels.flatMap(({ channel: { desk } }) => desk ?? []);
  const [first] = open;
  if (first === undefined) return undefined;
  const work = once(async () => (await import('./work.ts')).createDeskWork(deps));
  const signed =
    (take: (body: string, desk: Desk) => ReturnType<SignedPost['answer']>): SignedPost['answer'] =>
    async (posted) => {
      const desk = await first();
      if (!desk.isSigned(posted, now())) return 'unsigned';
      return take(Buffer.from(posted.body).toString(), desk);
    };
  return [
    {
      path: '/slack/actions',
      mostBytes: MOST_BYTES,
      answer: signed(async (body, desk) => {
        const pressed = desk.pressed(body);
        if (pressed === undefined) return 'unread';
        return pressed === null ? {} : { after: async () => (await work()).press(pressed, desk) };
      }),
    },
    {
      path: '/slack/options',
      mostBytes: MOST_BYTES,
      answer: signed(async (body, desk) => {
        const looked = desk.looked(body);
        if (looked === undefined) return 'unread';
        return { body: desk.options(looked === null ? [] : await (await work()).look(looked)) };
      }),
    },
  ];
}
