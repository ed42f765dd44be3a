/** Where a county's tile stands: columns from the west, rows from the north. */
type Place = { readonly column: number; readonly row: number };

/**
 * Tiles of West Azerbaijan. There is no open geometry of counties, so each stands about where it lies among
 * its neighbours; the places are drawn by hand and claim no more.
 */
const drawn: Readonly<Record<string, Place>> = {
  '0406': { column: 1, row: 0 },
  '0415': { column: 2, row: 0 },
  '0414': { column: 0, row: 1 },
  '0417': { column: 1, row: 1 },
  '0416': { column: 2, row: 1 },
  '0403': { column: 1, row: 2 },
  '0405': { column: 1, row: 3 },
  '0401': { column: 1, row: 4 },
  '0413': { column: 0, row: 5 },
  '0409': { column: 1, row: 5 },
  '0491': { column: 2, row: 5 },
  '0402': { column: 0, row: 6 },
  '0407': { column: 1, row: 6 },
  '0408': { column: 2, row: 6 },
  '0492': { column: 3, row: 6 },
  '0493': { column: 0, row: 7 },
  '0410': { column: 2, row: 7 },
  '0411': { column: 3, row: 7 },
  '0404': { column: 0, row: 8 },
  '0412': { column: 3, row: 8 },
};

const perRow = 5;

/** Places for some counties, by code: the drawn ones where all are, else by the order in which they come. */
export function placesOf(codes: readonly string[]): {
  readonly drawn: boolean;
  readonly places: ReadonlyMap<string, Place>;
} {
  const known = codes.every((code) => drawn[code]);
  const places = codes.map((code, at): [string, Place] => {
    const inOrder = { column: at % perRow, row: Math.floor(at / perRow) };
    return [code, (known ? drawn[code] : undefined) ?? inOrder];
  });
  return { drawn: known, places: new Map(places) };
}
