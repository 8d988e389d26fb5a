import assert from 'node:assert/strict';
import fc from 'fast-check';
import { html, Html, link, plain, webAddress } from '../../../src/server/pages/html.ts';

describe('a piece of a page', () => {
  it('escapes whatever is put in, in texts and in attributes, and takes other pieces as they are', () => {
    const title = `<b a="1" b='2'>&amp;`;
    assert.equal(
      html`<p title="${title}">${html`<i>${title}</i>`}</p>`.text,
      '<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;"><i>&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;</i></p>',
    );
    assert.equal(html`${[html`<i>`, '<', 5, null, undefined, [html`</i>`]]}`.text, '<i>&lt;5</i>');
  });

  it('leaves out the indentation of its own text, and of nothing that is put in', () => {
    const text = html`<p>a
      <b>${'b   c'}</b>  d ${html`e`}
      ${new Html('f\n  g')}</p>`.text;
    assert.equal(text, '<p>a\n<b>b   c</b>  d e\nf\n  g</p>');
  });

  it('lets no sign of HTML through, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: made } = html`<p title="${text}">`;
        const inner = made.slice('<p title="'.length, -2);
        assert.doesNotMatch(inner, /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        assert.doesNotMatch(inner, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });

  it('leaves out what is not seen and what turns the direction of the rest', () => {
    assert.equal(plain('a\u202Eb\u2066c\u200Bd\uFEFFe\u200Ff'), 'abcdef');
    assert.equal(plain('one\r\n\ttwo\u2028three\u0000'), 'one two three ');
    assert.equal(
      plain('half \uD83D and \uDE00 half, whole 😀, الدفع, naïve'),
      'half \uFFFD and \uFFFD half, whole 😀, الدفع, naïve',
    );
  });
});

describe('a link', () => {
  it('leads to the web or nowhere', () => {
    assert.equal(
      link('https://acme.sentry.io/issues/1/?a=1&b="2"', 'x').text,
      '<a href="https://acme.sentry.io/issues/1/?a=1&amp;b=%222%22" rel="noreferrer noopener">x</a>',
    );
    for (const address of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<b>',
      'vbscript:x',
      'file:///etc/passwd',
      '//evil.example.com',
      '/issues/1',
      'Not implemented',
      '',
      null,
      undefined,
    ]) {
      assert.equal(webAddress(address), null, String(address));
      assert.equal(link(address, '<x>').text, '&lt;x&gt;');
    }
  });
});
