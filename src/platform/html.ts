/**
 * Pages written by the server, as tagged templates:
 *
 *     html`<h1>${name}</h1>${rows.map((row) => html`<p>${row}</p>`)}`
 *
 * Whatever is put in is text and gets escaped, unless it is itself such a template. What escaping
 * cannot make safe is refused when the template is used: scripts, styles and event handlers (the
 * content security policy would drop them anyway), values outside quotes, addresses of other schemes.
 */

/** A piece of markup in which everything that came from outside is escaped. */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** What a template takes: null, undefined and false put in nothing, arrays their parts in order. */
export type HtmlValue =
  | Html
  | string
  | number
  | bigint
  | null
  | undefined
  | false
  | readonly HtmlValue[];

const checked = new WeakSet<TemplateStringsArray>();
const forbidden = /<(?:script|style)\b|\son[a-z]+\s*=|\sstyle\s*=/i;
const unquoted = /=\s*$/;
const inTag = /<[^<>]*$/;
const address = /\s(?:href|src|action)="$/;
const safeAddress = /^(?:https?:\/\/|[/?#](?!\/))/;

/** @throws Error for a template that could not be made safe; see the head of this file */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  if (!checked.has(parts)) {
    if (forbidden.test(parts.join('\0'))) throw new Error('No script, style or handler in a page.');
    checked.add(parts);
  }
  let text = parts[0] ?? '';
  values.forEach((value, at) => {
    const before = parts[at] ?? '';
    if (unquoted.test(before) && inTag.test(text)) throw new Error(`Quote the value: ${before}`);
    const written = textOf(value);
    if (address.test(before) && !safeAddress.test(written)) {
      throw new Error(`Not an address of ours or of the web: ${written}`);
    }
    text += written + (parts[at + 1] ?? '');
  });
  return new Html(text);
}

/**
 * What machines read of a page (schema.org), as a block of data that no browser runs: JSON cannot end the
 * block, since every angle bracket in it is written as an escape.
 */
export function dataBlock(value: unknown): Html {
  const json = JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return new Html(`<script type="application/ld+json">${json}</script>`);
}

/**
 * A script of this house by its address: the only kind that the content policy lets run.
 * @throws Error for any other address
 */
export function ownScript(path: string): Html {
  if (!/^\/[a-z/-]+\.js$/.test(path)) throw new Error(`Not a script of ours: ${path}`);
  return new Html(`<script type="module" src="${path}"></script>`);
}

function textOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map(textOf).join('');
  return escapeHtml(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in markup or between double quotes. Controls that HTML forbids are dropped. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(forbiddenControls, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that HTML forbids.
const forbiddenControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
