import { html } from './html.ts';
import { layout } from './layout.ts';

export function notFoundPage(): string {
  return layout({
    title: 'Not found – sentry-monitor',
    main: html`<h1>No such filter</h1>
      <p>No filter has this name, and none is remembered. It may have been renamed: <a href="/">all filters</a>.</p>`,
  });
}

/** Says what to set, and nothing of what is behind. */
export function refusedPage(access: 'token' | 'here'): string {
  const why =
    access === 'token'
      ? html`<p>Log in with any user name and the value of <code>PAGE_TOKEN</code> as password,
          or send it as a bearer token.</p>`
      : html`<p>No <code>PAGE_TOKEN</code> is set, so only a browser on the server itself may look,
          at <code>http://127.0.0.1</code> and through no proxy.</p>
          <p>To look from elsewhere, set <code>PAGE_TOKEN</code> to a random value of at least 16 characters
          (<code>openssl rand -hex 24</code>), other than <code>TRIGGER_TOKEN</code>, and restart.</p>`;
  return layout({
    title: 'Not allowed – sentry-monitor',
    main: html`<h1>Not allowed</h1>
      ${why}`,
  });
}
