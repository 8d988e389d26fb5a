/** What stands for a value in the address of a line's page: `{id}`, or the name of a tag. */
const PLACE = /\{(\w+)\}/g;

/** The page of a line at the log's vendor. `page`: its address with `{id}` in it, and perhaps names of tags. */
export function linkOf(page: string, id: string, tags: Readonly<Record<string, string>>): string {
  return page.replace(PLACE, (_, name: string) => encodeURIComponent(name === 'id' ? id : (tags[name] ?? '')));
}
