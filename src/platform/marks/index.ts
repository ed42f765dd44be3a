export { rowChecks } from './check-rows.ts';
export { keepStock, takeStock } from './stock.ts';
export { unmarkedTables } from './tables.ts';
