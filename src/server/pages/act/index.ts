import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { LedgerTrouble } from '../../../core/model/errors.ts';
import { MAX_BODY } from '../../http/request.ts';
import { htmlAnswer, notDone, send, sendTo } from '../answer.ts';
import { type ActName, ACTS, doAct, type PageActs, TARGETS } from './acts.ts';
import { actPage } from './form.ts';
import { isProof, proofFor } from './forgery.ts';
import { isOwnOrigin } from './origin.ts';
import { awayPage, strangePage } from './refused.ts';
import type { PageTickets } from '../tickets/choose.ts';
import type { User } from './user.ts';

export interface ActOptions {
  readonly acts: PageActs;
  readonly tickets?: Pick<PageTickets, 'teams'> | undefined;
  /** Where people reach this service. */
  readonly publicUrl: string | undefined;
  readonly log: { warn(fields: object, text: string): void; info(fields: object, text: string): void };
  now(): number;
  redact(text: string): string;
  /** Something is to be seen that was not there before. */
  changed(): void;
}

/** Where people act: each page asks once more, and its post does it. `guard`: lets through people alone. */
export function actRoutes(app: Express, guard: RequestHandler, options: ActOptions): void {
  for (const act of ACTS.filter((it) => it !== 'ticket' || options.acts.ticket !== undefined))
    app
      .route(`/act/${act}`)
      .get(guard, orAway(ask, act, options))
      .post(guard, isFromHere(options), readForm, orAway(perform, act, options))
      .all(notDone);
}

type Answer = (act: ActName, request: Request, response: Response, options: ActOptions) => Promise<void>;

/** The same, and a page of why where the ledger keeps it from being answered. */
function orAway(answer: Answer, act: ActName, options: ActOptions): RequestHandler {
  return async (request, response) => {
    try {
      await answer(act, request, response, options);
    } catch (error) {
      if (!(error instanceof LedgerTrouble)) throw error;
      await send(request, response, htmlAnswer(503, options.redact(awayPage(error.message))));
    }
  };
}

async function ask(act: ActName, request: Request, response: Response, options: ActOptions): Promise<void> {
  const params = new URL(request.originalUrl, 'http://localhost').searchParams;
  await show(act, firstOf(params), undefined, { request, response, options });
}

interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly options: ActOptions;
}

async function show(
  act: ActName,
  fields: Readonly<Record<string, string>>,
  fault: string | undefined,
  { request, response, options: { acts, tickets, now, redact } }: Asked,
): Promise<void> {
  const user = userIn(response);
  const about = await aboutIn(act, fields, acts);
  const asked = { act, fields, about, fault, teams: tickets?.teams ?? [] };
  const page = actPage({ ...asked, proof: proofFor(user, now()), user: user.name });
  await send(request, response, htmlAnswer(fault === undefined ? 200 : 400, redact(page)));
}

/** What is muted may be written on the page; an issue that stands in the address is known. */
async function aboutIn(
  act: ActName,
  fields: Readonly<Record<string, string>>,
  { about }: Pick<PageActs, 'about'>,
): Promise<string | null> {
  if (act !== 'mute') return about(TARGETS[act], fields[TARGETS[act]] ?? '');
  return fields['issue'] === undefined ? null : about('issue', fields['issue']);
}

async function perform(act: ActName, request: Request, response: Response, options: ActOptions): Promise<void> {
  const { acts, now, log, changed } = options;
  const user = userIn(response);
  const { proof, ...fields } = firstOf(new URLSearchParams(request.body as Record<string, string>));
  if (!isProof(proof, user, now())) return refuse(request, response, options);
  const done = await doAct(act, fields, user.name, acts);
  if ('fault' in done) return show(act, fields, done.fault, { request, response, options });
  log.info({ user: user.name, act, target: done.target }, 'a person acted');
  changed();
  sendTo(response, act === 'look' ? '/status#watches' : '/messages#done');
}

/** NOTE: the browser says where a form comes from; a page of others could send one, but not read our proof. */
function isFromHere(options: ActOptions): RequestHandler {
  return (request, response, next) => {
    if (isOwnOrigin(request.headers, options.publicUrl)) return next();
    void refuse(request, response, options);
  };
}

async function refuse(request: Request, response: Response, { log, redact }: ActOptions): Promise<void> {
  log.warn({ user: userIn(response).name, address: request.socket.remoteAddress }, 'an act from elsewhere is refused');
  await send(request, response, htmlAnswer(403, redact(strangePage())));
}

const form = express.urlencoded({ extended: false, limit: MAX_BODY, parameterLimit: 20, inflate: false });

/** What cannot be read is a form from elsewhere: ours can. */
const readForm: RequestHandler = (request, response, next) => {
  form(request, response, (error?: unknown) => {
    if (error === undefined && typeof request.body === 'object') return next();
    void send(request, response, htmlAnswer(400, strangePage()));
  });
};

/** Of a name the first value. */
function firstOf(params: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries([...params].reverse());
}

/** Who the guard let through. */
function userIn(response: Response): User {
  return response.locals['user'] as User;
}
