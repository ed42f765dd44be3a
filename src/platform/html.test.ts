import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, type HtmlValue, html, ownScript } from './html.ts';

const text = (value: HtmlValue) => html`<p>${value}</p>`.toString();

describe('html', () => {
  test('escapes text in content and in quotes', () => {
    expect(text('<b>&"\'')).toBe('<p>&lt;b&gt;&amp;&quot;&#39;</p>');
    expect(html`<a title="${'" onclick="x'}">`.toString()).toBe(
      '<a title="&quot; onclick=&quot;x">',
    );
  });

  test('takes templates, arrays of them, numbers, and nothing', () => {
    const rows = ['a', '<'].map((row) => html`<li>${row}</li>`);
    expect(html`<ul>${rows}</ul>`.toString()).toBe('<ul><li>a</li><li>&lt;</li></ul>');
    expect(text([1, 2n, [null, undefined, false, 'x']])).toBe('<p>12x</p>');
    expect(text('')).toBe('<p></p>');
  });

  test.each([
    () => html`<script src="/x.js"></script>`,
    () => ownScript('https://elsewhere.example/x.js'),
    () => html`<STYLE>p{}</STYLE>`,
    () => html`<p style="${'color:red'}">`,
    () => html`<p onclick="${'x()'}">`,
    () => html`<p class=${'a b'}>`,
    () => html`<a href="${'javascript:alert(1)'}">`,
    () => html`<a href="${'//elsewhere.example'}">`,
    () => html`<form action="${'data:text/html,x'}">`,
  ])('refuses what escaping cannot make safe: %s', (make) => {
    expect(make).toThrow();
  });

  test('allows addresses of ours and of the web', () => {
    for (const to of ['/p/12', '/', '?lang=en', '#figures', 'https://example.org/']) {
      expect(html`<a href="${to}">`.toString()).toContain(`"${to}"`);
    }
    expect(html`<p>a = ${'b'}</p>`.toString()).toBe('<p>a = b</p>');
  });

  test('no text leaves its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        expect(escapeHtml(any)).not.toMatch(/[<>"']/);
        expect(escapeHtml(any)).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(escapeHtml(any).isWellFormed()).toBe(true);
      }),
    );
  });
});
