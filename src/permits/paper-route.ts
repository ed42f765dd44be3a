import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Say } from '../platform/language.ts';
import { caseKey, signedIn } from './case-key.ts';
import { CodeParams } from './contract.ts';
import { recordOpening } from './openings.ts';
import { permitPaper } from './permit-paper.ts';
import { permitPdf } from './permit-pdf.ts';
import { permitPermissions as table } from './policy.ts';

/** The paper of a permit, for whoever sees its case; it is Persian, so it needs a Persian sayer. */
export function paperRoutes(say: Say): readonly AnyEndpoint[] {
  return [
    endpoint({
      id: 'permits.paper',
      method: 'GET',
      url: '/api/permits/:code/permit.pdf',
      summary: 'The permit as PDF in Persian, A4, to print',
      access: { table, permission: 'permits.list' },
      params: CodeParams,
      response: Type.Unsafe<Buffer>(Type.String({ contentMediaType: 'application/pdf' })),
      problems: ['platform.not_found'],
      handle: async ({ tx, act, principal, params, house, reply }) => {
        const reference = await referenceOf(house.database);
        const { publicUrl } = house;
        const key = { ...caseKey(params.code), provinceId: act.provinceId };
        const asked = { reference, principal: signedIn(principal), key, publicUrl, say };
        const paper = await permitPaper(tx, { ...asked, today: act.today });
        recordOpening(tx, act, asked.principal, key.id, 'paper');
        reply
          .type('application/pdf')
          .header('cache-control', 'private, no-store')
          .header('content-disposition', `inline; filename="permit-${params.code}.pdf"`);
        return permitPdf(paper, act.now);
      },
    }),
  ];
}
