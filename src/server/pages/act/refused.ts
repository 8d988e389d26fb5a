import { problem } from '../components/notice.ts';
import { unread } from '../data/why-not.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';

/** A form that was not made here, today, for this person. */
export function strangePage(): string {
  return layout({
    title: 'Not done – sentry-monitor',
    main: problem({
      head: 'Not done',
      reason: 'This form is of another day, of another person, or was sent from another site.',
      next: html`Open it again from <a href="/messages">the messages</a> or <a href="/">the overview</a>. Behind a proxy
        that changes the host’s name, <code>PUBLIC_URL</code> has to say the address that people use.`,
    }),
  });
}

/** The ledger knows what something may be done to, and keeps what is done. `why`: it does not answer. */
export function awayPage(why: string): string {
  return layout({
    title: 'Not answered – sentry-monitor',
    main: problem({
      head: 'Not answered',
      reason: html`What people do is in the ledger. <bdi>${unread(why)}</bdi>`,
      next: html`Once it is back, <a href="/messages#done">the messages</a> show whether it was done. If it was not, try
        again.`,
    }),
  });
}
