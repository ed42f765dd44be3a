import type { FastifyInstance } from 'fastify';
import { limitOn, referenceOf } from '../../accounts/index.ts';
import { describeOccupation, searchOccupations } from '../../permits/index.ts';
import type { Serving } from '../serving.ts';
import { applyPage, applyPath } from './apply-page.ts';
import { dataPage, dataPath } from './data-page.ts';
import {
  occupationPage,
  occupationPath,
  occupationsPage,
  occupationsPath,
} from './occupation-pages.ts';

const hidden = { schema: { hide: true } };
/** The finder reads words, not articles. */
const longestSearch = 100;

/** How to apply, for which work, and where the data are: complete HTML for anybody. */
export function serveGuides(app: FastifyInstance, it: Serving): void {
  const { house, homeProvince } = it;
  app.get(applyPath, hidden, async (request, reply) => {
    const reference = await referenceOf(house.database);
    const limit = limitOn(reference, 'permits.decision_limit', homeProvince, it.today());
    const guide = { reference, provinceId: homeProvince, limit };
    return it.sendPage(request, reply, applyPage(await it.visitBy(request), guide));
  });
  app.get(dataPath, hidden, async (request, reply) =>
    it.sendPage(request, reply, dataPage(await it.visitBy(request))),
  );
  app.get(occupationsPath, hidden, async (request, reply) => {
    const reference = await referenceOf(house.database);
    const text = (it.queryOf(request).q ?? '').slice(0, longestSearch);
    const found = text && searchOccupations(reference, { q: text }, homeProvince, it.today());
    const asked = { text, found: found || [] };
    return it.sendPage(
      request,
      reply,
      occupationsPage(await it.visitBy(request), reference, asked),
    );
  });
  app.get<{ Params: { id: string } }>(occupationPath(':id'), hidden, async (request, reply) => {
    const reference = await referenceOf(house.database);
    const { id: occupationId } = request.params;
    const of = { kind: 'independent', occupationId } as const;
    if (!reference.occupations.has(occupationId)) return reply.callNotFound();
    const described = describeOccupation(reference, of, homeProvince, it.today());
    return it.sendPage(request, reply, occupationPage(await it.visitBy(request), described));
  });
}
