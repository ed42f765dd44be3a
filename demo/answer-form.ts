import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { normaliseMobile } from '../src/kit/identifiers.ts';
import type { House } from '../src/platform/endpoint.ts';
import { type Html, html } from '../src/platform/html.ts';
import { signDelivery } from '../src/platform/webhook-signature.ts';
import { carriedFields, linkTo, type Visit } from '../src/publishing/index.ts';

const path = '/demo/outbox';

/** How the form's last message fared. */
const ends = ['sent', 'no_mobile', 'refused'] as const;
type End = (typeof ends)[number];

/** The link to the form with a mobile filled in. */
export function answerLink(visit: Visit, mobile: string): string {
  return `${linkTo(visit, path, { from: mobile })}#answer`;
}

/** The form in which a visitor writes as one of the phones: its message goes in as a provider's would. */
export function answerForm(visit: Visit, query: unknown): Html {
  const { say } = visit;
  const { from, end } = query as { from?: unknown; end?: unknown };
  const ended = ends.find((one) => one === end);
  const mobile = typeof from === 'string' ? (normaliseMobile(from) ?? '') : '';
  const isOpen = mobile !== '' || ended !== undefined;
  return html`<details class="no-print"${isOpen && html` open=""`}><summary>${say('demo.answer.title')}</summary>
<form class="stack" id="answer" action="${path}" method="post">
${ended && html`<p class="notice" role="status">${say(`demo.answer.${ended}`)}</p>`}
<div class="field"><label for="from">${say('demo.answer.from')}</label>
<input id="from" name="from" type="tel" dir="ltr" required maxlength="20" autocomplete="off" value="${mobile}"></div>
<div class="field"><label for="text">${say('demo.answer.text')}</label>
<span class="hint" id="text-hint">${say('demo.answer.hint')}</span>
<input id="text" name="text" dir="auto" required maxlength="200" autocomplete="off" aria-describedby="text-hint"></div>
${carriedFields(visit)}
<p><button class="button">${say('demo.answer.send')}</button></p>
</form></details>`;
}

/** Takes the form, signs its message with the house's secret, and sends it to the route that providers send to. */
export function serveAnswerForm(app: FastifyInstance, house: House): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4000 },
      async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
    );
    const config = { rateLimit: { max: 30, timeWindow: 60_000 } };
    scope.post(path, { schema: { hide: true }, config }, async ({ body }, reply) => {
      const form = body instanceof URLSearchParams ? body : new URLSearchParams();
      const from = normaliseMobile(form.get('from') ?? '');
      const end = from ? await sendIn(app, house, from, form.get('text') ?? '') : 'no_mobile';
      const back = new URLSearchParams({ ...(from ? { from } : {}), end });
      if (form.get('lang') === 'en') back.set('lang', 'en');
      return reply.redirect(`${path}?${back}#answer`, 303);
    });
  });
}

async function sendIn(app: FastifyInstance, house: House, from: string, text: string) {
  const { inboundSecret, deviceClock, clock } = house;
  if (!inboundSecret) return 'refused';
  const now = (deviceClock ?? clock).now();
  const id = randomUUID();
  const payload = JSON.stringify({ id, from, text, receivedAt: now.toISOString() });
  const timestamp = Math.floor(now.getTime() / 1000);
  const { statusCode } = await app.inject({
    ...{ method: 'POST', url: '/api/sms/inbound', payload },
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signDelivery(inboundSecret, id, timestamp, payload),
    },
  });
  return (statusCode === 200 ? 'sent' : 'refused') satisfies End;
}
