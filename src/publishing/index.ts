export { readAssets } from './assets.ts';
export { publishingProblems } from './contract.ts';
export { layout, linkTo, type Visit, visitOf } from './layout.ts';
export { pageWords } from './page-words.ts';
export { publicSite } from './site.ts';
export { batchLine, checkNumbers } from './verify.ts';
export { verifyRoutes } from './verify-routes.ts';
export { readNumbers } from './verify-sheet.ts';
