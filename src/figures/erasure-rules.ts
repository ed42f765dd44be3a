/** How far a person's record is over. */
export type Ended = {
  /** Cases, plans, loans and jobs that are not at their end. */
  readonly open: number;
  /** Whether money was paid to them, of which the books have to be kept for their term. */
  readonly paid: boolean;
  /** The day of the last step; null for whoever never came to a case. */
  readonly lastOn: string | null;
};

/** Why a person cannot be made nobody yet; undefined when they can. */
export function erasureFault(
  { open, paid, lastOn }: Ended,
  {
    asked,
    years,
    today,
  }: { readonly asked: boolean; readonly years: number; readonly today: string },
): { code: string; details: Record<string, string | number> } | undefined {
  if (open > 0) return { code: 'figures.erase_open', details: { open } };
  if (lastOn === null || (asked && !paid)) return undefined;
  const from = yearsAfter(lastOn, years);
  return from > today ? { code: 'figures.erase_early', details: { from } } : undefined;
}

/** The same day so many years later; of a leap day the day before. */
function yearsAfter(day: string, years: number): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const later = `${Number(year) + years}-${month}`;
  return date === '29' && month === '02' ? `${later}-28` : `${later}-${date}`;
}
