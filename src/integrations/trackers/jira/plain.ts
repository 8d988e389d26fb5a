/** Only pages of the web are linked. */
export function linkOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}

/** A traceback without control characters, but for line feeds and tabs: Jira stores none. */
export function plainCode(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\uFFFD').toWellFormed();
}
