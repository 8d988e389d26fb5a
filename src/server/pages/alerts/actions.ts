import type { AlertSeen } from '../data/alerts/model.ts';
import { html, type Html } from '../html.ts';

/** What a person may do about an alert; each leads to a page that asks once more. */
export function actionLinks({ alert, until, acknowledgedBy }: AlertSeen): Html {
  const mute: Readonly<Record<string, string>> =
    alert.subject.kind === 'issue' ? { issue: alert.subject.id } : { rule: `${alert.filter}/${alert.rule}` };
  const links = [
    until === null && acknowledgedBy === null
      ? html`<a href="${actAddress('acknowledge', { alert: alert.id })}">I am on it</a> `
      : null,
    html`<a href="${actAddress('mute', mute)}">mute</a>`,
  ];
  return html`<p class="act">${links}</p>`;
}

/** Where a person is asked about an action. */
export function actAddress(action: string, about: Readonly<Record<string, string>>): string {
  return `/act/${action}?${new URLSearchParams(about).toString()}`;
}
