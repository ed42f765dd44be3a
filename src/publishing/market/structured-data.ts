import type { ShownProduct, ShownStall } from '../../market/index.ts';
import { dataBlock, type Html } from '../../platform/html.ts';
import type { Visit } from '../layout.ts';

const context = 'https://schema.org';
const availability = (onHand: number) => `${context}/${onHand > 0 ? 'InStock' : 'OutOfStock'}`;

/** A product as search engines and marketplaces read it: schema.org's Product with its Offer, in rial. */
export function productData(visit: Visit, product: ShownProduct, url: string): Html {
  const { stall } = product;
  return dataBlock({
    '@context': context,
    '@type': 'Product',
    name: product.title,
    ...(product.about === '' ? {} : { description: product.about }),
    image: product.photos.map((photo) => `${visit.publicUrl}/market/photos/${photo}`),
    sku: product.code,
    brand: { '@type': 'Brand', name: stall.name },
    offers: {
      '@type': 'Offer',
      url,
      price: String(product.priceRial),
      priceCurrency: 'IRR',
      availability: availability(stall.standing === 'valid' ? product.onHand : 0),
      seller: sellerOf(stall),
    },
  });
}

/** A stall as a local business. */
export function stallData(stall: ShownStall, url: string): Html {
  return dataBlock({ '@context': context, ...sellerOf(stall), url });
}

function sellerOf(stall: ShownStall) {
  return {
    '@type': 'LocalBusiness',
    name: stall.name,
    identifier: { '@type': 'PropertyValue', name: 'permit', value: stall.permitNumber },
  };
}
