import { problem } from './components/notice.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

export function notFoundPage(): string {
  return layout({
    title: 'Not found – sentry-monitor',
    here: { page: 'filters', part: true },
    main: problem({
      head: 'No such filter',
      reason: 'No filter has this name, and none is remembered. It may have been renamed.',
      next: html`<a href="/filters">All filters</a>`,
    }),
  });
}

/** Of an issue that nobody knows. */
export function noIssuePage(): string {
  return layout({
    title: 'Not found – sentry-monitor',
    here: { page: 'issues', part: true },
    main: problem({
      head: 'No such issue',
      reason: `No intake has stored an event of it, no filter’s last window lists it, and no rule has told of it
        lately.`,
      next: html`<a href="/issues">All issues</a>`,
    }),
  });
}

/** Of an address that none of ours begins with. */
export function nothingHerePage(): string {
  return layout({
    title: 'Not found – sentry-monitor',
    main: problem({
      head: 'Nothing here',
      reason: 'No page has this address.',
      next: html`<a href="/">The overview</a> shows all filters; each page is one step from there.`,
    }),
  });
}

/**
 * token, name, either: must show the one of the pages, that of a person, or one of both; here: none is set, and this is
 * not somebody at this machine; user: must say who it is.
 */
export type Refused = 'token' | 'name' | 'either' | 'here' | 'user';

const OWN = html`your own name and token, as <code>PAGE_USERS</code> has them`;
const ANY = html`any user name and the value of <code>PAGE_TOKEN</code> as password`;

const REFUSED = {
  token: { reason: 'This page asks for a password.', next: html`Log in with ${ANY}, or send it as a bearer token.` },
  name: { reason: 'This page asks for a password.', next: html`Log in with ${OWN}.` },
  either: { reason: 'This page asks for a password.', next: html`Log in with ${OWN}; or, to look only, with ${ANY}.` },
  here: {
    reason: html`No <code>PAGE_TOKEN</code> is set, so only a browser on the server itself may look,
      at <code>http://127.0.0.1</code> and through no proxy.`,
    next: html`To look from elsewhere, set <code>PAGE_TOKEN</code> to a random value of at least 16 characters
      (<code>openssl rand -hex 24</code>), other than <code>TRIGGER_TOKEN</code>, and restart.`,
  },
  user: { reason: 'Who acts has to say who they are.', next: html`Log in with ${OWN}; they open all pages.` },
} satisfies Readonly<Record<Refused, object>>;

/** Says what to set, and nothing of what is behind. */
export function refusedPage(why: Refused): string {
  return layout({ title: 'Not allowed – sentry-monitor', main: problem({ head: 'Not allowed', ...REFUSED[why] }) });
}
