import type { Reference } from '../../accounts/index.ts';
import type { LookupRow } from './lookup.ts';

/** Everything that a province's registers name things from, with every name it goes by. */
export function lookupRows(reference: Reference, provinceId: number): LookupRow[] {
  const rows: LookupRow[] = [];
  for (const county of reference.counties.values()) {
    if (county.province_id !== provinceId) continue;
    const names = [county.name_fa, county.name_en, ...county.aliases];
    rows.push({ kind: 'county', id: county.id, names });
  }
  for (const one of reference.organisations.values()) {
    if (one.kind !== 'agency' && one.kind !== 'bank') continue;
    const names = [one.name_fa, one.name_en, one.short_fa, one.id, ...one.aliases];
    rows.push({ kind: one.kind, id: one.id, names });
  }
  for (const one of reference.occupations.values()) {
    rows.push({
      kind: 'occupation',
      id: one.id,
      names: [one.name_fa, one.name_en, ...one.aliases],
    });
  }
  return rows;
}
