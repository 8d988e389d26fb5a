/** Of the one page; its hash is what the page's policy allows. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8886; --open: #c62828; --done: #2e7d32; --chat: #5e35b1; --mail: #1565c0; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.3rem; margin: 0; }
header p { margin: 0.2rem 0 1rem; opacity: 0.75; }
article { border: 1px solid var(--line); border-left: 5px solid #888; border-radius: 6px; padding: 0.6rem 0.9rem;
  margin: 0 0 0.8rem; }
article.mail { border-left-color: var(--mail); }
article.chat { border-left-color: var(--chat); }
article.pager.open { border-left-color: var(--open); }
article.pager.resolved { border-left-color: var(--done); opacity: 0.8; }
article.refused { border-style: dashed; }
article.reply { margin-left: 2rem; }
.head { margin: 0; font-size: 0.85rem; opacity: 0.85; }
time { font-variant-numeric: tabular-nums; }
.mark { border: 1px solid var(--line); border-radius: 1rem; padding: 0 0.5rem; }
h2 { font-size: 1rem; margin: 0.3rem 0; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; margin-top: 0.5rem; border-radius: 4px; }
pre { font: inherit; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
