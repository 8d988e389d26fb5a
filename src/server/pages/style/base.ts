/** Text, links, focus, and what only some see. */
export const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 3.5rem; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: var(--t-text)/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { font-size: var(--t-title); line-height: 1.25; margin: var(--s4) 0 var(--s2); overflow-wrap: anywhere; }
h2 { font-size: var(--t-lead); line-height: 1.3; margin: var(--s5) 0 var(--s2); overflow-wrap: anywhere; }
h1 small, h2 small { font-weight: 400; }
p { margin: 0 0 var(--s2); }
a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: 1px; overflow-wrap: anywhere; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
@media (prefers-reduced-motion: no-preference) { main[aria-busy="true"] { opacity: .6; transition: opacity .2s .2s; } }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
small, .note, .origin { font-size: var(--t-note); color: var(--soft); }
.note, .origin { max-width: 110ch; }
.plain { list-style: none; margin: 0; padding: 0; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.clamp {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden;
}
.whole { display: block; max-height: 12lh; overflow: auto; }
.printed { display: none; }
`;
