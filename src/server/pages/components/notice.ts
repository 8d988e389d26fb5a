import type { Health } from '../findings/health.ts';
import { html, type Html, type HtmlPart } from '../html.ts';
import { sign } from './sign.ts';

/** Something to know about what the page shows. */
export function notice(health: Health, content: HtmlPart): Html {
  return html`<div class="notice ${health}">${sign(health)}<div><p>${content}</p></div></div>`;
}

/** Nothing to show, and why. */
export function empty(content: HtmlPart): Html {
  return html`<p class="empty">${content}</p>`;
}

export interface Problem {
  readonly head: string;
  /** Why it is so. */
  readonly reason: HtmlPart;
  /** What to do about it. */
  readonly next: HtmlPart;
}

/** In the stead of what is in the ledger and cannot be read; `path`: where it is to be seen. */
export function unreadPart(what: string, unread: string, path: string): Html {
  return problem({
    head: `${what} are not known`,
    reason: html`They are in the ledger. <bdi>${unread}</bdi>`,
    next: html`Mend the ledger; <a href="${path}">then look again</a>.`,
  });
}

/** A page that cannot be had. */
export function problem({ head, reason, next }: Problem): Html {
  return html`<div class="problem warn">${sign('warn')}<div><h1>${head}</h1>
    <p>${reason}</p><p>${next}</p></div></div>`;
}
