import type { Reference } from './reference.ts';

/** A name in both languages, as it goes over the wire. */
export type Labelled = {
  readonly id: string;
  readonly label: { readonly fa: string; readonly en: string };
};

type Named = { readonly name_fa: string; readonly name_en: string };

/** Two digits for a province, four for a county: the codes of the official division. */
export function provinceCode(id: number): string {
  return String(id).padStart(2, '0');
}

export function countyCode(id: number): string {
  return String(id).padStart(4, '0');
}

/** Puts id and names into wire form; an id without a row keeps the id as its name. */
export function labelled(id: string, row: Named | undefined): Labelled {
  return { id, label: { fa: row?.name_fa ?? id, en: row?.name_en ?? id } };
}

export function provinceLabel(reference: Reference, id: number): Labelled {
  return labelled(provinceCode(id), reference.provinces.get(id));
}

export function countyLabel(reference: Reference, id: number): Labelled {
  return labelled(countyCode(id), reference.counties.get(id));
}

export function organisationLabel(reference: Reference, id: string): Labelled {
  return labelled(id, reference.organisations.get(id));
}

export function occupationLabel(reference: Reference, id: string): Labelled {
  return labelled(id, reference.occupations.get(id));
}
