import type { AnyEndpoint } from '../platform/endpoint.ts';
import type { Say } from '../platform/language.ts';
import { bazaarRoutes } from './bazaars/routes.ts';
import { materialRoutes } from './materials/routes.ts';
import { moneyRoutes } from './orders/money-routes.ts';
import { orderRoutes } from './orders/order-routes.ts';
import { orderStepRoutes } from './orders/step-routes.ts';
import { productRoutes } from './product-routes.ts';
import { requestRoutes } from './requests/routes.ts';
import { stallRoutes } from './stall-routes.ts';

/** Stalls, what they sell, and what is ordered of them, purchases and fairs; labels and statements are set in Persian. */
export function marketRoutes(say: Say): readonly AnyEndpoint[] {
  return [
    ...stallRoutes,
    ...productRoutes(say),
    ...orderRoutes,
    ...orderStepRoutes,
    ...moneyRoutes(say),
    ...requestRoutes,
    ...materialRoutes,
    ...bazaarRoutes,
  ];
}
