/** The address that a click or a sent form asks for, where it leads to a page of ours; null: the browser sees to it. */
export function addressAsked(event: MouseEvent | SubmitEvent): URL | null {
  /** A page that the navigation names, or one below it. */
  const isOurs = ({ origin, pathname }: URL): boolean =>
    origin === location.origin &&
    [...document.querySelectorAll<HTMLAnchorElement>('nav.pages a')]
      .map((link) => new URL(link.href).pathname)
      .some((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));

  const ofLink = (link: HTMLAnchorElement, click: MouseEvent): URL | null => {
    if (link.href === '' || link.target !== '' || link.hasAttribute('download') || click.button !== 0) return null;
    return click.metaKey || click.ctrlKey || click.shiftKey || click.altKey ? null : new URL(link.href);
  };
  const ofForm = (form: HTMLFormElement, by: HTMLElement | null): URL | null => {
    if (form.method !== 'get') return null;
    const url = new URL(form.action);
    const fields = [...new FormData(form, by)].filter(([, value]) => typeof value === 'string' && value !== '');
    url.search = new URLSearchParams(fields as [string, string][]).toString();
    return url;
  };
  const ofEvent = (): URL | null => {
    if (event instanceof SubmitEvent) return ofForm(event.target as HTMLFormElement, event.submitter);
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    return link instanceof HTMLAnchorElement ? ofLink(link, event) : null;
  };

  const url = event.defaultPrevented ? null : ofEvent();
  return url !== null && isOurs(url) ? url : null;
}
