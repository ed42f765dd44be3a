import { readDemoText } from './reference.ts';

/** A thing or a service that a stall of the demonstration sells: invented. */
export interface DemoProduct {
  readonly title: string;
  /** Which drawing shows it, and in which palette. */
  readonly drawing: string;
  readonly palette: number;
  readonly unit: string;
  readonly toman: number;
  readonly kind: 'ready' | 'to_order' | 'service';
  readonly lead: number;
  readonly about: string;
  readonly keeps?: number;
  readonly ingredients?: string;
  readonly allergens?: readonly string[];
}

/** A bazaar or fair of the demonstration: invented. */
export interface DemoFair {
  readonly kind: 'bazaar' | 'fair' | 'market_day';
  readonly name: string;
  readonly county: number;
  readonly place: string;
  readonly about: string;
  readonly weights: Readonly<Record<string, number>>;
  /** Name, places, toman, discount in basis points. */
  readonly stalls: readonly (readonly [string, number, number, number])[];
}

/** What the market of the demonstration is told from. */
export interface MarketData {
  readonly words: {
    readonly stallName: string;
    readonly stallAbout: string;
    readonly health: string;
    readonly addresses: readonly string[];
    readonly notes: readonly string[];
    readonly asks: readonly string[];
    readonly answers: readonly string[];
    readonly ratings: readonly (readonly [number, string])[];
    readonly returnReason: string;
    readonly declined: string;
    readonly complaint: string;
    /** What a shop asks several makers for, and what each pledges. */
    readonly bulk: {
      readonly title: string;
      readonly about: string;
      readonly quantity: number;
      readonly parts: readonly number[];
      readonly notes: readonly string[];
    };
  };
  readonly buyers: readonly {
    readonly mobile: string;
    readonly nameFa: string;
    readonly nameEn: string;
  }[];
  readonly materials: {
    readonly list: readonly (readonly [string, string])[];
    readonly suppliers: readonly (readonly [
      'cooperative' | 'supporter' | 'shop',
      string,
      number,
    ])[];
    readonly retailSource: string;
    readonly points: readonly string[];
    readonly reason: string;
  };
  readonly fairs: readonly DemoFair[];
  readonly brings: readonly string[];
  readonly goods: Readonly<
    Record<string, { readonly stall: string; readonly items: readonly DemoProduct[] }>
  >;
}

/** The market's own data. */
export const marketData = JSON.parse(readDemoText('market.json')) as MarketData;
