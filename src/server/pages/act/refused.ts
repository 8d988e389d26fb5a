import { problem } from '../components/notice.ts';
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
