import { getCounty, referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import {
  CodeOnly,
  Done,
  MaterialBody,
  MaterialsAnswer,
  MySupplyAnswer,
  OfferBody,
  PurchasesQuery,
  ReasonBody,
} from './contract.ts';
import { chooseOffer, makeOffer, ownOffer, withdrawOffer } from './offers.ts';
import { isOffice, materialPermissions as table } from './policy.ts';
import { showMySupply } from './show-mine.ts';
import { SupplierBody, SuppliersAnswer } from './supplier-contract.ts';
import {
  addMaterial,
  endSupplier,
  findSupplier,
  listMaterials,
  listSuppliers,
  registerSupplier,
} from './suppliers.ts';
import { tellShares } from './tell.ts';

const ofNobody = 'suppliers and their offers belong to no person’s or organisation’s record';

/** Materials, those who supply them, and what they offer. */
export const supplierRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.listMaterials',
    method: 'GET',
    url: '/api/raw-materials',
    summary: 'The materials that makers of the province can ask for',
    access: { table, permission: 'market.listMaterials' },
    query: PurchasesQuery,
    response: MaterialsAnswer,
    handle: async ({ tx, act }) => ({ items: await listMaterials(tx, act.provinceId) }),
  }),
  endpoint({
    id: 'market.addMaterial',
    method: 'POST',
    url: '/api/raw-materials',
    summary: 'Add a material that makers can ask for',
    access: { table, permission: 'market.addMaterial' },
    body: MaterialBody,
    response: Done,
    status: 201,
    problems: ['market.material_known'],
    handle: async ({ tx, act, body }) => ({
      code: encodeCode(act.provinceId, await addMaterial(tx, act, body)),
    }),
  }),
  endpoint({
    id: 'market.listSuppliers',
    method: 'GET',
    url: '/api/suppliers',
    summary: 'The registered suppliers of materials',
    access: { table, permission: 'market.listSuppliers' },
    query: PurchasesQuery,
    response: SuppliersAnswer,
    handle: async ({ tx, act, house }) => {
      const reference = await referenceOf(house.database);
      return { items: await listSuppliers(tx, reference, act) };
    },
  }),
  endpoint({
    id: 'market.registerSupplier',
    method: 'POST',
    url: '/api/suppliers',
    summary: 'Register a supplier, with the account it offers by or without one',
    access: { table, permission: 'market.registerSupplier' },
    body: SupplierBody,
    response: Done,
    status: 201,
    problems: [
      ...['accounts.unknown_county', 'market.no_such_account', 'market.supplier_known'],
      ...['platform.not_found', 'market.supporter_unnamed', 'market.supporter_not_good'],
    ],
    handle: async ({ tx, act, body: { county, supporter, ...rest }, house }) => {
      const reference = await referenceOf(house.database);
      const countyId = getCounty(reference, Number(county), act.provinceId).id;
      const supporterCaseId = supporter && idIn(act.provinceId, supporter);
      const id = await registerSupplier(tx, act, { ...rest, countyId, supporterCaseId });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.endSupplier',
    method: 'POST',
    url: '/api/suppliers/:code/end',
    summary: 'End a supplier’s offering',
    access: { table, permission: 'market.endSupplier' },
    params: CodeOnly,
    response: Done,
    wholeProvince: ofNobody,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, params }) => {
      await endSupplier(tx, act, idIn(act.provinceId, params.code));
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.showMySupply',
    method: 'GET',
    url: '/api/my-supply',
    summary: 'What the caller’s supplier can offer for, has offered and has to deliver',
    access: { table, permission: 'market.showMySupply' },
    query: PurchasesQuery,
    response: MySupplyAnswer,
    wholeProvince: ofNobody,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return showMySupply(tx, reference, act, signedIn(principal));
    },
  }),
  endpoint({
    id: 'market.offer',
    method: 'POST',
    url: '/api/purchases/:code/offers',
    summary: 'Offer to supply a purchase: price by quantity, freight, until when',
    access: { table, permission: 'market.offer' },
    params: CodeOnly,
    body: OfferBody,
    response: Done,
    status: 201,
    wholeProvince: ofNobody,
    problems: [
      ...['platform.not_found', 'market.not_supplier', 'market.purchase_closed'],
      ...['market.breaks_wrong', 'market.quantity_wrong', 'market.day_passed'],
      ...['market.offered_already', 'market.supporter_not_good'],
    ],
    handle: async ({ tx, act, principal, params, body: { supplier, ...rest } }) => {
      const by = signedIn(principal);
      const which =
        isOffice(by) && supplier
          ? { id: idIn(act.provinceId, supplier) }
          : { accountId: by.accountId };
      const found = await findSupplier(tx, act.provinceId, which);
      if (!found) throw new Problem('market.not_supplier');
      const of = { purchaseId: idIn(act.provinceId, params.code), supplierId: found.id };
      const id = await makeOffer(tx, act, { ...of, ...offerOf(rest) });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.withdrawOffer',
    method: 'POST',
    url: '/api/offers/:code/withdraw',
    summary: 'Take an offer back that was not chosen',
    access: { table, permission: 'market.withdrawOffer' },
    params: CodeOnly,
    response: Done,
    wholeProvince: ofNobody,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params }) => {
      const id = idIn(act.provinceId, params.code);
      const by = signedIn(principal);
      await withdrawOffer(tx, act, await ownOffer(tx, act.provinceId, by, id));
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.chooseOffer',
    method: 'POST',
    url: '/api/offers/:code/choose',
    summary: 'Choose an offer, say why, and allot every maker’s share',
    access: { table, permission: 'market.chooseOffer' },
    params: CodeOnly,
    body: ReasonBody,
    response: Done,
    wholeProvince: ofNobody,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.offer_over', 'market.offer_unfit', 'market.supporter_not_good'],
    ],
    handle: async ({ tx, act, params, body }) => {
      const offerId = idIn(act.provinceId, params.code);
      const purchaseId = await chooseOffer(tx, act, { offerId, reason: body.reason });
      await tellShares(tx, act, purchaseId);
      return { code: encodeCode(act.provinceId, purchaseId) };
    },
  }),
];

type GivenOffer = {
  readonly breaks: readonly { readonly from: number; readonly unitRial: string }[];
  readonly freightRial: string;
  readonly most?: number | undefined;
  readonly deliversOn: string;
  readonly validUntil: string;
  readonly note?: string | undefined;
};

function offerOf({ breaks, freightRial, most, ...rest }: GivenOffer) {
  return {
    ...rest,
    freightRial: BigInt(freightRial),
    most: most === undefined ? null : BigInt(most),
    breaks: breaks.map(({ from, unitRial }) => ({
      from: BigInt(from),
      unitRial: BigInt(unitRial),
    })),
  };
}
