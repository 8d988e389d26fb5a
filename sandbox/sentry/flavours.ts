import { glitchtip } from '../glitchtip/flavour.ts';
import { release10, release9 } from '../sentry-2019/flavour.ts';
import { release22 } from '../sentry-2022/flavour.ts';
import { newest } from './flavour.ts';
import type { Flavour } from './target.ts';
import type { State } from '../world/state.ts';
import { type FlavourName, FLAVOURS } from '../types.ts';

const BY_NAME: Readonly<Record<FlavourName, (state: State) => Flavour>> = {
  sentry: () => newest,
  glitchtip: () => glitchtip,
  'sentry-2019': (state) => OLD[state.settings.oldRelease],
  'sentry-2022': () => release22,
};

const OLD: Readonly<Record<State['settings']['oldRelease'], Flavour>> = { '10.x': release10, '9.x': release9 };

export function flavourNamed(name: string): FlavourName {
  const found = FLAVOURS.find((one) => one === name);
  if (found === undefined) throw new Error(`no such flavour: ${name}; one of ${FLAVOURS.join(', ')}`);
  return found;
}

/** The server as it is now: it may be another one after the next command. */
export function flavourOf(state: State): Flavour {
  return BY_NAME[state.flavour](state);
}
