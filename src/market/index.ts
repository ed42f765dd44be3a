export {
  applyForStall,
  recordAttendance,
  reportSales,
  scoreApplication,
} from './bazaars/applications.ts';
export { announceFair, closeFair, drawStalls } from './bazaars/fairs.ts';
export { listShownFairs, type ShownFair } from './bazaars/show-public.ts';
export {
  type CatalogueFound,
  readCatalogueQuery,
  searchCatalogue,
} from './catalogue.ts';
export { marketChecks } from './checks.ts';
export { marketConstraints, marketProblems } from './contract.ts';
export { marketCounts, marketMeasures } from './counts.ts';
export { detailsOf, type ProductDetails, stallsOf } from './details.ts';
export type { CatalogueQuery } from './find-products.ts';
export { marketJobs } from './jobs.ts';
export type { CatalogueLine } from './lines.ts';
export { publicLook } from './look.ts';
export { collect, deliver, payShare } from './materials/hand-out.ts';
export { joinPurchase, stateNeeds } from './materials/needs.ts';
export { chooseOffer, makeOffer } from './materials/offers.ts';
export { closePurchase, openPurchase } from './materials/purchases.ts';
export { addMaterial, registerSupplier } from './materials/suppliers.ts';
export { httpGateway } from './orders/gateway.ts';
export { receivePayment, recordRefund } from './orders/payment-outcome.ts';
export { beginPayment, livePayment, setPayment } from './orders/payments.ts';
export { placeOrder } from './orders/place.ts';
export { getOrderForUpdate } from './orders/queries.ts';
export { acceptReturn, askReturn } from './orders/returns.ts';
export { stepOrder } from './orders/steps.ts';
export { complain, rateOrder, sendMessage } from './orders/talk.ts';
export { findPhoto } from './photo-shown.ts';
export { addPhoto } from './photos.ts';
export { marketPermissions } from './policy.ts';
export { addProduct, getOwnStall } from './products.ts';
export { pledge } from './requests/pledges.ts';
export { acceptPledges, askMakers, lockOwn } from './requests/requests.ts';
export { marketRoutes } from './routes.ts';
export { productKinds, sellingStates } from './rules.ts';
export { findShownProduct, findShownStall, type ShownProduct, type ShownStall } from './shop.ts';
export { openStall } from './stalls.ts';
export { marketWords } from './words.ts';
