import { useQuery } from '@tanstack/react-query';
import { isoToJalali, jalaliYearRange } from '../../../kit/jalali.ts';
import { type Formats, useFormats } from '../../../web/format.ts';
import type { Search } from '../../../web/paths.ts';
import { useAccount, useToday } from '../../../web/session.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet, Skeleton } from '../../../web/ui/Blocks.tsx';
import { useShellWords } from '../../../web/words.ts';
import { figuresQuery, measuresQuery } from '../queries.ts';
import {
  jalaliText,
  listPath,
  type MeasureName,
  type Period,
  type Reach,
  reachOf,
  type Values,
  yearBefore,
} from '../scope.ts';
import { useDeskWords } from './words.ts';

/** What the desk counts this year: the way to a loan, jobs, the market. */
const counted = [
  ...(['applications_submitted', 'permits_issued', 'plans_referred', 'plans_funded'] as const),
  ...(['rial_paid', 'rial_repaid'] as const),
  ...(['jobs_expected', 'jobs_registered', 'jobs_verified', 'jobs_alive'] as const),
  ...(['businesses_in_market', 'sales', 'rial_sold'] as const),
] as const satisfies readonly MeasureName[];

type Row = {
  readonly name: MeasureName;
  readonly now: number | string;
  readonly earlier: number | string;
  readonly href: { readonly now: string | undefined; readonly earlier: string | undefined };
};

/** The part of the province that is the reader's own. */
function ownScope(reach: Reach): Search {
  return typeof reach === 'object' ? { [reach.key]: reach.id } : {};
}

const within = (scope: Search, { from, to }: Period): Search => ({
  ...scope,
  from: jalaliText(from),
  to: jalaliText(to),
});

function rowsOf(now: Values, earlier: Values, scopes: [Search, Search], reach: Reach): Row[] {
  return counted.map((name) => ({
    ...{ name, now: now[name], earlier: earlier[name] },
    href: { now: listPath(scopes[0], name, reach), earlier: listPath(scopes[1], name, reach) },
  }));
}

/** A value in words of its unit: a count, or millions of toman. */
function useValue() {
  const shell = useShellWords();
  const { count, money }: Formats = useFormats();
  return (value: number | string) =>
    typeof value === 'number'
      ? count(value)
      : `${money(value, 'millionToman')} ${shell('money.millionToman')}`;
}

function Value({ value, href }: { value: number | string; href: string | undefined }) {
  const text = useValue()(value);
  return href && Number(value) !== 0 ? (
    <AppLink className="number-link" href={href}>
      {text}
    </AppLink>
  ) : (
    text
  );
}

function useColumns(): Column<Row>[] {
  const t = useDeskWords();
  const { label, percent } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const change = ({ now, earlier }: Row) =>
    Number(earlier) === 0 ? '—' : percent(Number(now) / Number(earlier) - 1);
  return [
    {
      ...{ key: 'name', header: t('measure'), wide: true },
      cell: ({ name }) => label(measures?.find((one) => one.name === name)?.label) || name,
    },
    {
      ...{ key: 'now', header: t('now'), number: true },
      cell: (row) => <Value value={row.now} href={row.href.now} />,
    },
    {
      ...{ key: 'earlier', header: t('earlier'), number: true },
      cell: (row) => <Value value={row.earlier} href={row.href.earlier} />,
    },
    {
      key: 'change',
      header: t('change'),
      number: true,
      cell: (row) => <bdi dir="ltr">{change(row)}</bdi>,
    },
  ];
}

/** This year until today beside the same days of last year, with the list behind each number. */
export function YearToDate() {
  const t = useDeskWords();
  const { day } = useFormats();
  const today = useToday();
  const reach = reachOf(useAccount());
  const year: Period = { from: jalaliYearRange(isoToJalali(today).year).from, to: today };
  const earlier = yearBefore(year);
  const own = ownScope(reach);
  const [scope, scopeBefore] = [within(own, year), within(own, earlier)];
  const { data: now } = useQuery(figuresQuery(scope));
  const { data: before } = useQuery(figuresQuery(scopeBefore));
  const columns = useColumns();
  if (!now || !before) return <Skeleton shape="table" />;
  const hint = {
    ...{ from: day(year.from), to: day(year.to) },
    ...{ earlierFrom: day(earlier.from), earlierTo: day(earlier.to) },
  };
  return (
    <Sheet title={t('year')} id="year">
      <p className="pb-3 text-sm text-soft">{t('yearHint', hint)}</p>
      <DataTable
        caption={t('year')}
        hideCaption
        columns={columns}
        rows={rowsOf(now.measures, before.measures, [scope, scopeBefore], reach)}
        rowKey={({ name }) => name}
      />
    </Sheet>
  );
}
