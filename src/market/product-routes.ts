import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { countyLabel, provinceLabel, referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { idIn } from '../permits/index.ts';
import { type AnyEndpoint, DownloadAnswer, endpoint } from '../platform/endpoint.ts';
import type { Say } from '../platform/language.ts';
import {
  ChangeBody,
  CodeAnswer,
  CodeParams,
  LabelQuery,
  OwnPhotoParams,
  PhotoAnswer,
  PhotoBody,
  ProductBody,
  RemovePhotoBody,
  ShownAnswer,
  StockBody,
} from './contract.ts';
import { forgetFound } from './found-keys.ts';
import { labelPdf } from './label.ts';
import { listOthers } from './others.ts';
import { findOwnPhoto } from './photo-shown.ts';
import { addPhoto, mostPhotoBytes, removePhoto } from './photos.ts';
import { marketPermissions as table } from './policy.ts';
import { addProduct, changeProduct, getOwnProduct, getOwnStall, setStock } from './products.ts';
import { findShownProduct } from './shop.ts';

const keep = { table, permission: 'market.keepProducts' };
const wrongTerms = ['market.ingredients_missing', 'market.health_number_missing'];

/** What a maker does with what they sell; row security shows them their own. */
export function productRoutes(say: Say): readonly AnyEndpoint[] {
  return [...showing, ...keeping, ...photographing, ownPhoto, labelling(say)];
}

const showing: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.showProduct',
    method: 'GET',
    url: '/api/products/:code',
    summary: 'A product on show, as an order form needs it',
    access: { public: 'What is on show is on show for everybody, and no buyer is in it.' },
    params: CodeParams,
    response: ShownAnswer,
    problems: ['platform.not_found'],
    handle: async ({ act, params, house }) => {
      const { provinceId, today } = act;
      const key = { provinceId, id: idIn(provinceId, params.code) };
      const product = await findShownProduct(house.database, key, today);
      if (product?.stall.standing !== 'valid') throw new Problem('platform.not_found');
      const { code, title, unit, onHand, sendsTo, stall } = product;
      const priceRial = String(product.priceRial);
      const shown = { code, title, unit, priceRial, onHand, sendsTo };
      const paysOnline = house.paysOnline ?? false;
      const reference = await referenceOf(house.database);
      const province = provinceLabel(reference, provinceId);
      const home = { province, county: countyLabel(reference, stall.countyId) };
      const others = await listOthers(house.database, key, { stallId: stall.id, sendsTo });
      return { ...shown, ...home, stall: stall.code, stallName: stall.name, paysOnline, others };
    },
  }),
];

const keeping: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.addProduct',
    method: 'POST',
    url: '/api/stalls/:code/products',
    objectFrom: 'account',
    summary: 'Put a product into one’s own stall',
    access: keep,
    params: CodeParams,
    body: ProductBody,
    response: CodeAnswer,
    status: 201,
    problems: ['platform.not_found', ...wrongTerms],
    handle: async ({ tx, act, params, body, house }) => {
      const reference = await referenceOf(house.database);
      const stall = await getOwnStall(tx, act.provinceId, idIn(act.provinceId, params.code));
      const product = await addProduct(tx, act, reference, stall, body);
      forgetFound(house.database, product);
      return { code: encodeCode(act.provinceId, product.id) };
    },
  }),
  endpoint({
    id: 'market.changeProduct',
    method: 'POST',
    url: '/api/products/:code',
    objectFrom: 'account',
    summary: 'Describe a product of one’s own anew, show it or hide it',
    access: keep,
    params: CodeParams,
    body: ChangeBody,
    response: CodeAnswer,
    problems: ['platform.not_found', ...wrongTerms],
    handle: async ({ tx, act, params, body, house }) => {
      const reference = await referenceOf(house.database);
      const product = await getOwnProduct(tx, act.provinceId, idIn(act.provinceId, params.code));
      forgetFound(house.database, await changeProduct(tx, act, reference, product, body));
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.setStock',
    method: 'POST',
    url: '/api/products/:code/stock',
    objectFrom: 'account',
    summary: 'Say how many of a product are ready, as against what one saw',
    access: keep,
    params: CodeParams,
    body: StockBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'market.sold_out'],
    handle: async ({ tx, act, params, body }) => {
      const product = await getOwnProduct(tx, act.provinceId, idIn(act.provinceId, params.code));
      await setStock(tx, act, product, body);
      return { code: params.code };
    },
  }),
];

const photographing: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.addPhoto',
    method: 'POST',
    url: '/api/product-photos',
    summary: 'A photo of a product of one’s own, or its small copy for lists',
    access: keep,
    upload: { maxBytes: mostPhotoBytes },
    body: PhotoBody,
    response: PhotoAnswer,
    status: 201,
    problems: ['platform.not_found', 'market.too_many_photos', 'platform.unsupported_media'],
    handle: async ({ tx, act, body, upload }) => {
      const { id } = await getOwnProduct(tx, act.provinceId, idIn(act.provinceId, body.product));
      const sent = { sha256: body.file, mediaType: body.type, thumbOf: body.thumbOf ?? null };
      const kept = { bytes: upload?.bytes ?? 0, key: upload?.key ?? '' };
      return { sha256: await addPhoto(tx, act, id, { ...sent, ...kept }) };
    },
  }),
  endpoint({
    id: 'market.removePhoto',
    method: 'POST',
    url: '/api/products/:code/remove-photo',
    objectFrom: 'account',
    summary: 'Take a photo off a product of one’s own',
    access: keep,
    params: CodeParams,
    body: RemovePhotoBody,
    response: CodeAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, params, body }) => {
      const { id } = await getOwnProduct(tx, act.provinceId, idIn(act.provinceId, params.code));
      await removePhoto(tx, act.provinceId, id, body.sha256);
      return { code: params.code };
    },
  }),
];

const ownPhoto: AnyEndpoint = endpoint({
  id: 'market.showOwnPhoto',
  method: 'GET',
  url: '/api/products/:code/photos/:sha256',
  objectFrom: 'account',
  summary: 'A photo of a product of one’s own, on show or not',
  access: keep,
  params: OwnPhotoParams,
  response: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
  problems: ['platform.not_found'],
  handle: async ({ tx, act, params, house, reply }) => {
    const { provinceId } = act;
    const key = { provinceId, productId: idIn(provinceId, params.code), sha256: params.sha256 };
    const photo = await findOwnPhoto(tx, key);
    if (!photo) throw new Problem('platform.not_found');
    reply.type(photo.mediaType);
    reply.header('content-security-policy', "default-src 'none'; sandbox");
    return house.files.getStream(photo.fileKey);
  },
});

function labelling(say: Say): AnyEndpoint {
  return endpoint({
    id: 'market.showLabel',
    method: 'GET',
    url: '/api/products/:code/label',
    objectFrom: 'account',
    summary: 'The label of a home-made food, PDF',
    access: keep,
    params: CodeParams,
    query: LabelQuery,
    response: DownloadAnswer,
    download: 'application/pdf',
    problems: ['platform.not_found', 'market.no_label', 'market.permit_not_valid'],
    handle: async ({ tx, act, params, query, house }) => {
      const reference = await referenceOf(house.database);
      const product = await getOwnProduct(tx, act.provinceId, idIn(act.provinceId, params.code));
      const { madeOn = act.today, weight = '' } = query;
      const parts = { reference, say, publicUrl: house.publicUrl, madeOn, weight };
      const bytes = await labelPdf(tx, act, product, parts);
      return { fileName: 'label.pdf', bytes };
    },
  });
}
