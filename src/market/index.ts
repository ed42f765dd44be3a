export { listShownFairs, type ShownFair } from './bazaars/show-public.ts';
export {
  type CatalogueFound,
  type CatalogueLine,
  type CatalogueQuery,
  publicLook,
  readCatalogueQuery,
  searchCatalogue,
} from './catalogue.ts';
export { marketChecks } from './checks.ts';
export { marketConstraints, marketProblems } from './contract.ts';
export { marketCounts, marketMeasures } from './counts.ts';
export { marketJobs } from './jobs.ts';
export { httpGateway } from './orders/gateway.ts';
export { findPhoto } from './photos.ts';
export { marketPermissions } from './policy.ts';
export { marketRoutes } from './routes.ts';
export { productKinds } from './rules.ts';
export { findShownProduct, findShownStall, type ShownProduct, type ShownStall } from './shop.ts';
export { marketWords } from './words.ts';
