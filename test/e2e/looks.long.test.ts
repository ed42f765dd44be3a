import { afterAll, beforeAll, test } from 'vitest';
import { expectLooks, looks } from './looks.ts';
import { type Product, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

test.for(looks)('every page can be used by everybody: $lang $screen dark: $dark', (look) =>
  expectLooks(product.address, look),
);
