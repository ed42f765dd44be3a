/** Where a province's tile stands: columns from the west, rows from the north. */
export type Place = { readonly column: number; readonly row: number };

/** By rows from the north, each from the west; null where no tile stands. */
const rows: readonly (readonly (string | null)[])[] = [
  ['04', '03', '24'],
  ['12', '19', '01', '02', '27', '28'],
  ['05', '13', '26', '30', '23', '20', '09'],
  ['16', '15', '00', '25', '10', '21', '29'],
  [null, '06', '14', '17', '07', '08', '11'],
  [null, null, null, '18', null, '22'],
];

/** Tiles of the provinces, by code: each about where it lies among its neighbours; drawn by hand, and claims no more. */
export const provincePlaces: ReadonlyMap<string, Place> = new Map(
  rows.flatMap((codes, row) =>
    codes.flatMap((code, column) => (code === null ? [] : [[code, { column, row }] as const])),
  ),
);
