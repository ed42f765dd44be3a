import { type Html, type HtmlValue, html } from '../platform/html.ts';
import type { Language, Say } from '../platform/language.ts';
import type { Assets } from './assets.ts';
import { type Formats, formatsOf } from './format.ts';

/** Where and for whom a page is drawn. */
export type Visit = {
  readonly language: Language;
  readonly say: Say;
  readonly formats: Formats;
  /** The language as the address asked for it, which links then carry on. */
  readonly asked: Language | undefined;
  readonly demonstration: boolean;
  readonly provinceName: string;
  readonly assets: Assets;
  /** Scheme and host, without a slash at the end. */
  readonly publicUrl: string;
};

/** A page between header and footer. */
export type Page = {
  readonly title: string;
  readonly description?: string;
  /** The page's own address with its query, without `lang`. */
  readonly path: string;
  /** For pages that search engines may keep: the address is the same for everyone. */
  readonly listed?: boolean;
  /** The language that the address without one is answered in; Persian unless said otherwise. */
  readonly own?: Language;
  /** Which entry of the navigation is this one. */
  readonly current?: 'figures' | 'bulletins' | 'apply' | 'data' | 'check' | 'market';
  /** The picture that a shared link shows: a path of ours. */
  readonly image?: string;
  readonly body: Html;
};

/** A visit in its language; `asked` is what the address said. */
export function visitOf(
  surroundings: Omit<Visit, 'say' | 'formats' | 'asked' | 'language' | 'provinceName'>,
  sayers: Readonly<Record<Language, Say>>,
  province: Readonly<Record<Language, string>>,
  chosen: { readonly language: Language; readonly asked: Language | undefined },
): Visit {
  const { language, asked } = chosen;
  return {
    ...surroundings,
    language,
    asked,
    say: sayers[language],
    formats: formatsOf(language),
    provinceName: province[language],
  };
}

type Query = Readonly<Record<string, string | undefined>>;

/** An address of ours with a query, without what is empty; hash and path as given. */
export function addressOf(path: string, query: Query = {}): string {
  const [before = '', hash] = path.split('#');
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
  const text = params.toString();
  const joint = text === '' ? '' : before.includes('?') ? '&' : '?';
  return `${before}${joint}${text}${hash === undefined ? '' : `#${hash}`}`;
}

/** The same, in the language that the visitor asked for. */
export function linkTo({ asked }: Visit, path: string, query: Query = {}): string {
  return addressOf(path, { ...query, lang: asked });
}

/** What a form sends besides its fields. */
export function carriedFields({ asked }: Visit): HtmlValue {
  return asked && html`<input type="hidden" name="lang" value="${asked}">`;
}

/** A whole document: complete without JavaScript, whichever language it is in. */
export function layout(visit: Visit, page: Page): Html {
  const { language, say } = visit;
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
${head(visit, page)}
<body>
<a class="skip" href="#main">${say('publishing.shell.skip')}</a>
${header(visit, page)}
${page.body}
${footer(visit)}
</body>
</html>
`;
}

function head(visit: Visit, page: Page): Html {
  const { say, assets, language } = visit;
  const font = assets.fonts[language];
  const title = say('publishing.shell.pageTitle', { page: page.title });
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${page.description && html`<meta name="description" content="${page.description}">`}
${page.listed ? listing(visit, page) : html`<meta name="robots" content="noindex">`}
<link rel="icon" type="image/svg+xml" href="/mark.svg">
${font && html`<link rel="preload" as="font" type="font/woff2" crossorigin href="${font}">`}
${assets.stylesheet && html`<link rel="stylesheet" href="${assets.stylesheet}">`}
</head>`;
}

/** One canonical address for each language, and what a shared link shows. */
function listing({ language, say, publicUrl }: Visit, page: Page): Html {
  const { path, title, description, image, own = 'fa' } = page;
  const inLanguage = (lang: Language) =>
    `${publicUrl}${addressOf(path, { lang: lang === own ? undefined : lang })}`;
  return html`<link rel="canonical" href="${inLanguage(language)}">
<link rel="alternate" hreflang="fa" href="${inLanguage('fa')}">
<link rel="alternate" hreflang="en" href="${inLanguage('en')}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="${say('publishing.shell.product')}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${inLanguage(language)}">
${image && html`<meta property="og:image" content="${publicUrl}${image}">`}
<meta property="og:locale" content="${language === 'fa' ? 'fa_IR' : 'en_GB'}">`;
}

/** The sign, an iwan with a tile in it; one path, so that it takes the colour of the text around it. */
const sign = html`<svg class="mark-sign" viewBox="0 0 36 36" aria-hidden="true"><path fill="currentColor" fill-rule="evenodd" d="M18 1c1 3 3.500 4.500 6 6.500C29 11.500 34 15 34 22v12H2V22C2 15 7 11.500 12 7.500 14.500 5.500 17 4 18 1zM18 12c.6 1.800 2 2.700 3.500 3.900C24.500 18.300 27 20.500 27 25v9H9v-9c0-4.500 2.500-6.700 5.500-9.100C16 14.700 17.400 13.800 18 12zM18 20.500l1.500 3 3.300.5-2.400 2.300.6 3.300-3-1.600-3 1.600.6-3.300-2.400-2.300 3.300-.5z"/></svg>`;

function header(visit: Visit, { path, current }: Page): Html {
  const { language, say, provinceName, demonstration } = visit;
  const other = language === 'fa' ? 'en' : 'fa';
  const entry = (id: Page['current'], to: string, name: string) =>
    html`<a href="${linkTo(visit, to)}"${id === current && html` aria-current="page"`}>${name}</a>`;
  return html`<header class="top"><div class="wrap">
<a class="mark" href="${linkTo(visit, '/')}">${sign}<span>
<span class="mark-name">${say('publishing.shell.product')}</span>
<span class="mark-sub">${say('publishing.shell.tagline', { province: provinceName })}</span>
</span></a>
<nav class="top-nav" aria-label="${say('publishing.shell.nav')}">
${entry('figures', '/', say('publishing.shell.figures'))}
${entry('bulletins', '/bulletins', say('bulletins.title'))}
${entry('apply', '/apply', say('publishing.shell.apply'))}
${entry('market', '/market', say('publishing.shell.market'))}
${entry('check', '/p', say('publishing.shell.check'))}
<a href="${linkTo(visit, '/sign-in')}">${say('publishing.shell.signIn')}</a>
<a href="${addressOf(path, { lang: other })}" lang="${other}" hreflang="${other}">${say('publishing.shell.otherLanguage')}</a>
</nav>
</div>
${demonstration && html`<p class="demo-note">${say('publishing.shell.demonstration')}</p>`}
</header>`;
}

function footer(visit: Visit): Html {
  const { say } = visit;
  return html`<footer class="foot"><div class="wrap">
<p>${say('publishing.shell.foot')}</p>
<p class="no-print"><a href="${linkTo(visit, '/occupations')}">${say('guides.occupations.title')}</a>
<a href="${linkTo(visit, '/data')}">${say('guides.data.title')}</a>
<a href="${linkTo(visit, '/provinces')}">${say('nation.title')}</a>
<a href="${linkTo(visit, '/check')}">${say('claims.title')}</a>
<a href="${linkTo(visit, '/history-roots')}">${say('roots.title')}</a>
<a href="/api/measures">${say('publishing.shell.measures')}</a>
<a href="/api/openapi.json">${say('publishing.shell.api')}</a>
<a href="${linkTo(visit, '/developers/bank')}">${say('publishing.shell.banks')}</a></p>
</div></footer>`;
}

/** A list of faults at the head of a form, each a link to its field. */
export function errorSummary(
  title: string,
  faults: readonly { readonly field: string; readonly text: string }[],
): Html {
  return html`<div class="errors" role="alert" aria-labelledby="errors-title">
<h2 id="errors-title">${title}</h2>
<ul>${faults.map(({ field, text }) => html`<li><a href="${`#${field}`}">${text}</a></li>`)}</ul>
</div>`;
}
