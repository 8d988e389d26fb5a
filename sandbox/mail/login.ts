import type { State } from '../world/state.ts';
import type { Said } from './said.ts';

/** Who is logged in, asked for in either of the two usual ways. */
export type Login = {
  readonly isIn: () => boolean;
  /** What comes next is an answer to a question of ours. */
  readonly isAsking: () => boolean;
  begin(rest: string): Said;
  answer(base64: string): Said;
};

export function openLogin({ keys }: Pick<State, 'keys'>): Login {
  let isIn = false;
  let given: string[] | undefined;
  const admit = (user: string | undefined, password: string | undefined): Said => {
    isIn = user === keys.smtpUser && password === keys.smtpPassword;
    return { say: isIn ? '235 2.7.0 welcome' : '535 5.7.8 user or password is wrong' };
  };
  return {
    isIn: () => isIn,
    isAsking: () => given !== undefined,
    begin(rest) {
      const [kind = '', initial] = rest.split(' ');
      if (kind.toUpperCase() === 'LOGIN') {
        given = [];
        return { say: `334 ${base64('Username:')}` };
      }
      const [, user, password] = Buffer.from(initial ?? '', 'base64')
        .toString()
        .split('\0');
      return admit(user, password);
    },
    answer(text) {
      const all = [...(given ?? []), Buffer.from(text, 'base64').toString()];
      given = all.length < 2 ? all : undefined;
      return all.length < 2 ? { say: `334 ${base64('Password:')}` } : admit(all[0], all[1]);
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
