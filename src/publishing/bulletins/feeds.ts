import { type Html, html } from '../../platform/html.ts';
import type { Language, Say } from '../../platform/language.ts';
import { tell } from './account.ts';
import { bulletinPath } from './files.ts';
import type { Version } from './version.ts';

type Around = {
  readonly sayers: Readonly<Record<Language, Say>>;
  readonly language: Language;
  readonly publicUrl: string;
  /** When the newest of them came out. */
  readonly updated: Date;
};

/** The bulletins as Atom (RFC 4287). */
export function atomFeed(versions: readonly Version[], around: Around): string {
  const { sayers, language, publicUrl, updated } = around;
  const say = sayers[language];
  const all = `${publicUrl}/bulletins`;
  const entry = (version: Version) => {
    const { bulletin, publicFrom } = version;
    const said = tell(version, { say: sayers[bulletin.language], language: bulletin.language });
    const link = `${publicUrl}${bulletinPath(bulletin)}`;
    return html`<entry xml:lang="${bulletin.language}"><id>${`${publicUrl}${bulletinPath(bulletin, version.version)}`}</id><title>${said.headline}</title>
<link rel="alternate" href="${link}"/><updated>${publicFrom.toISOString()}</updated><summary>${said.lead}</summary></entry>\n`;
  };
  return xml(html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${all}</id><title>${say('bulletins.title')}</title><author><name>${say('publishing.shell.product')}</name></author>
<link rel="self" href="${`${all}.atom`}"/><link rel="alternate" href="${all}"/>
<updated>${updated.toISOString()}</updated>
${versions.map(entry)}</feed>`);
}

/** The same as RSS 2.0, for readers that know nothing else. */
export function rssFeed(versions: readonly Version[], around: Around): string {
  const { sayers, language, publicUrl } = around;
  const say = sayers[language];
  const all = `${publicUrl}/bulletins`;
  const item = (version: Version) => {
    const { bulletin, publicFrom } = version;
    const said = tell(version, { say: sayers[bulletin.language], language: bulletin.language });
    const link = `${publicUrl}${bulletinPath(bulletin, version.version)}`;
    return html`<item><title>${said.headline}</title><link>${link}</link><guid isPermaLink="true">${link}</guid>
<pubDate>${publicFrom.toUTCString()}</pubDate><description>${said.lead}</description></item>\n`;
  };
  return xml(html`<rss version="2.0"><channel><title>${say('bulletins.title')}</title><link>${all}</link>
<description>${say('bulletins.lede')}</description><language>${language}</language>
${versions.map(item)}</channel></rss>`);
}

const xml = (content: Html) => `<?xml version="1.0" encoding="UTF-8"?>\n${content.toString()}\n`;
