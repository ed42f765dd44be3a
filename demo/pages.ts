import type { FastifyInstance, FastifyRequest } from 'fastify';
import { provinceLabel, referenceOf } from '../src/accounts/index.ts';
import { formatJalali, isoToday } from '../src/kit/jalali.ts';
import type { House } from '../src/platform/endpoint.ts';
import { type Html, html } from '../src/platform/html.ts';
import { chooseLanguage, sayer } from '../src/platform/language.ts';
import { listOutbox, type OutboxMessage } from '../src/platform/sms.ts';
import {
  layout,
  linkTo,
  pageWords,
  readAssets,
  type Visit,
  visitOf,
} from '../src/publishing/index.ts';
import { answerForm, answerLink, serveAnswerForm } from './answer-form.ts';
import { castAnswer, castOf } from './cast-list.ts';
import en from './en.ts';
import fa from './fa.ts';
import { serveGatewayPage } from './gateway-page.ts';
import type { StandInGateway } from './payment-gateway.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { readHere } from './told-url.ts';

const words = {
  fa: { ...pageWords.fa, demo: fa },
  en: { ...pageWords.en, demo: en },
};
const sayers = { fa: sayer(words, 'fa'), en: sayer(words, 'en') };

/** More than a visitor's own messages, and never a long page. */
const shown = 50;

/**
 * What only the demonstration has: whom one can sign in as, and the messages that nobody gets.
 * One-time codes are among them, so nothing at all is added to any other house. With a stand-in gateway, its page.
 */
export async function demoPages(
  app: FastifyInstance,
  house: House,
  gateway?: StandInGateway,
): Promise<void> {
  if (!house.demonstration) return;
  if (gateway) serveGatewayPage(app, gateway, (request) => visitBy(house, request));
  serveAnswerForm(app, house);
  app.get('/demo/outbox', { schema: { hide: true } }, async (request, reply) => {
    const kept = await house.database.transaction(everywhere, (tx) => listOutbox(tx, shown));
    const messages = kept.map((one) => {
      return { ...one, text: one.text && readHere(one.text, house.publicUrl) };
    });
    reply.header('cache-control', 'no-store');
    if (wantsJson(request)) return reply.send({ messages });
    const visit = await visitBy(house, request);
    const page = outboxPage(visit, messages, request.query);
    return reply.type('text/html; charset=utf-8').send(page.toString());
  });
  app.get('/api/demo/cast', { schema: castSchema }, async () => castOf(house));
}

const everywhere = { province: 'all', organisation: '', person: '' } as const;

const castSchema = {
  operationId: 'demo.listCast',
  summary: 'The people one can sign in as; only a demonstration has them',
  tags: ['demo'],
  response: { 200: castAnswer },
};

function wantsJson(request: FastifyRequest): boolean {
  const { format } = request.query as { format?: unknown };
  const accept = request.headers.accept ?? '';
  const asked = accept.includes('application/json') && !accept.includes('text/html');
  return asked || format === 'json';
}

async function visitBy(house: House, request: FastifyRequest): Promise<Visit> {
  const { lang } = request.query as { lang?: unknown };
  const language = chooseLanguage({ query: lang, cookie: request.cookies.lang });
  const province = provinceLabel(await referenceOf(house.database), PROVINCE_ID).label;
  const { demonstration, publicUrl } = house;
  const around = { demonstration, publicUrl, assets: readAssets() };
  const asked = lang === language ? language : undefined;
  return visitOf(around, sayers, province, { language, asked });
}

function outboxPage(visit: Visit, messages: readonly OutboxMessage[], query: unknown): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('demo.outbox.title')}</h1>
<p class="lede">${say('demo.outbox.lede')}</p>
<p class="no-print"><a class="button secondary" href="${linkTo(visit, '/demo/outbox')}">${say('demo.outbox.refresh')}</a></p>
${messages.length > 0 && answerForm(visit, query)}
${messages.length === 0 ? noMessage(visit) : messageList(visit, messages)}
</section>
</main>`;
  return layout(visit, { title: say('demo.outbox.title'), path: '/demo/outbox', body });
}

function noMessage(visit: Visit): Html {
  const { say } = visit;
  return html`<p><b>${say('demo.outbox.empty')}</b> ${say('demo.outbox.emptyNext')}</p>
<p><a href="${linkTo(visit, '/sign-in')}">${say('demo.outbox.signIn')}</a></p>`;
}

function messageList(visit: Visit, messages: readonly OutboxMessage[]): Html {
  const { say, formats } = visit;
  return html`<ul class="messages" aria-label="${say('demo.outbox.list')}">${messages.map(
    ({ text, mobile, createdAt }) => html`<li>
<p><span>${say('demo.outbox.to')} <bdi class="ltr">${formats.digits(mobile)}</bdi></span> ${instant(visit, createdAt)}
<a class="no-print" href="${answerLink(visit, mobile)}">${say('demo.answer.link')}</a></p>
<p class="account" dir="auto">${text ?? say('demo.outbox.gone')}</p>
</li>`,
  )}</ul>`;
}

function instant({ language, formats }: Visit, at: Date): Html {
  const day = formatJalali(isoToday(at.getTime()), language, 'short');
  const clock = at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Tehran' });
  return html`<time datetime="${at.toISOString()}"><bdi>${day}</bdi> <bdi class="ltr">${formats.digits(clock)}</bdi></time>`;
}
