import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatToman, rial } from '../src/kit/rial.ts';
import { type Html, html } from '../src/platform/html.ts';
import { layout, linkTo, type Visit } from '../src/publishing/index.ts';
import { gatewayPath, type StandInGateway, type StandInPayment } from './payment-gateway.ts';

const hidden = { schema: { hide: true } };
type Asked = FastifyRequest<{ Params: { authority: string } }>;

/** The page of the stand-in gateway: whoever buys in the demonstration says there that they paid, or that they did not. */
export function serveGatewayPage(
  app: FastifyInstance,
  gateway: StandInGateway,
  visitBy: (request: FastifyRequest) => Promise<Visit>,
): void {
  const show = async (request: Asked, reply: FastifyReply) => {
    const payment = gateway.find(request.params.authority);
    const visit = await visitBy(request);
    reply.code(payment ? 200 : 404).header('cache-control', 'no-store');
    const page = payment ? payingPage(visit, payment) : gonePage(visit);
    return reply.type('text/html; charset=utf-8').send(page.toString());
  };
  app.get(`${gatewayPath}/:authority`, hidden, show);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1000 },
      async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
    );
    scope.post(`${gatewayPath}/:authority`, hidden, async (request: Asked, reply) => {
      const payment = gateway.find(request.params.authority);
      if (!payment) return show(request, reply);
      const { body } = request;
      const paid = body instanceof URLSearchParams && body.get('answer') === 'pay';
      // What was paid stays paid, whatever a browser sends again.
      if (payment.state === 'waiting') payment.state = paid ? 'paid' : 'failed';
      return reply.redirect(payment.backTo, 303);
    });
  });
}

function payingPage(visit: Visit, payment: StandInPayment): Html {
  const { say, language } = visit;
  const path = `${gatewayPath}/${payment.authority}`;
  const amount = formatToman(rial(BigInt(payment.rial)), language);
  const body = html`<main id="main" class="wrap"><section class="stack">
<h1>${say('demo.gateway.title')}</h1>
<p class="notice">${say('demo.gateway.lede')}</p>
<p><b>${say('demo.gateway.amount', { amount })}</b></p>
<form class="stack" action="${path}" method="post">
<p><button class="button" name="answer" value="pay">${say('demo.gateway.pay')}</button>
<button class="button secondary" name="answer" value="refuse">${say('demo.gateway.refuse')}</button></p>
</form></section></main>`;
  return layout(visit, { title: say('demo.gateway.title'), path, body });
}

function gonePage(visit: Visit): Html {
  const { say } = visit;
  const title = say('demo.gateway.gone');
  const body = html`<main id="main" class="wrap"><section class="stack"><h1>${title}</h1>
<p>${say('demo.gateway.goneNext')}</p>
<p><a class="button" href="${linkTo(visit, '/my/orders')}">${say('demo.gateway.orders')}</a></p></section></main>`;
  return layout(visit, { title, path: gatewayPath, body });
}
