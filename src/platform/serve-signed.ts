import type { FastifyInstance } from 'fastify';
import { Problem } from '../kit/problem.ts';
import type { AnyEndpoint } from './endpoint.ts';
import { serveEndpoint, type Wire } from './serve-endpoint.ts';
import { isSigned } from './webhook-signature.ts';

/**
 * Registers an endpoint that a machine outside calls with a signature. The signature is over the very bytes that
 * came, so it is looked at before anything reads them; where the house has no secret there is nothing here.
 */
export async function serveSigned(
  app: FastifyInstance,
  wire: Wire,
  it: AnyEndpoint,
): Promise<void> {
  const { inboundSecret, deviceClock, clock } = wire.house;
  await app.register(async (scope) => {
    scope.addHook('onRequest', async () => {
      if (!inboundSecret) throw new Problem('platform.not_found');
    });
    scope.removeAllContentTypeParsers();
    const read = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser<Buffer>(
      'application/json',
      { parseAs: 'buffer' },
      (request, body, done) => {
        const nowMs = (deviceClock ?? clock).now().getTime();
        if (!inboundSecret || !isSigned(inboundSecret, request.headers, body, nowMs)) {
          done(new Problem('platform.wrong_signature'));
          return;
        }
        read(request, body.toString('utf8'), done);
      },
    );
    serveEndpoint(scope, wire, it);
  });
}
