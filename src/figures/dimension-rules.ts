/** Columns of the record by which figures can be cut. */
export const columnDimensions = [
  'agency',
  'county',
  'bank',
  'kind',
  'occupation',
  'sex',
  'area',
] as const;
export type ColumnDimension = (typeof columnDimensions)[number];
