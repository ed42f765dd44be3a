import type { Answer } from '../../web/api.ts';
import { decimalWords, monthWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { coverPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { ActForm } from './ActForm.tsx';
import { workMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Supporter = Answer<'/api/supporters/{code}'>;
type Order = Supporter['orders'][number];

type OrdersProps = {
  readonly orders: readonly Order[];
  readonly title: string;
  /** Says whose each order is. */
  readonly named: boolean;
  readonly office: boolean;
  /** Whoever looks can cancel an order of which nothing has come. */
  readonly mayCancel: boolean;
};

function CancelOrder({ order: { id, code } }: { order: Order }) {
  return (
    <ActForm
      of="covers"
      code={code}
      act="cancelOrder"
      path="cancel-order"
      toBody={() => ({ id })}
    />
  );
}

type OrderProps = Omit<OrdersProps, 'orders' | 'title'> & { readonly order: Order };

function OrderLine({ order, named, office, mayCancel }: OrderProps) {
  const t = useWords();
  const formats = useFormats();
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">
          {named ? (
            <AppLink className="link" href={coverPath(order.code, office)}>
              {order.name}
            </AppLink>
          ) : (
            order.product
          )}
        </span>
        <Status meaning={workMeaning(order.state)}>{wordFor(t, 'orderStates', order.state)}</Status>
      </span>
      <span className="block text-sm">
        {formats.line(
          named ? order.product : '',
          t('supporter.orderLine', {
            received: decimalWords(formats, order.received),
            ordered: decimalWords(formats, order.ordered),
            unit: wordFor(t, 'units', order.unit),
          }),
          t('cover.dueOn', { day: formats.day(order.dueOn) }),
        )}
      </span>
      <span className="block text-sm text-soft">{order.deliverTo}</span>
      {mayCancel && order.received === '0' ? <CancelOrder order={order} /> : null}
    </li>
  );
}

/** What is to be made, by when, and where it goes. */
export function Orders({ orders, title, ...rest }: OrdersProps) {
  const t = useWords();
  return (
    <Sheet title={title} id="orders">
      {orders.length === 0 ? <p className="text-soft">{t('supporter.noOrders')}</p> : null}
      <ul>
        {orders.map((order) => (
          <OrderLine key={order.id} order={order} {...rest} />
        ))}
      </ul>
    </Sheet>
  );
}

type Balance = {
  readonly name: string;
  readonly unit: string;
  readonly sent: string;
  readonly consumed: string;
  readonly returned: string;
  readonly scrap: string;
  readonly onHand: string;
};

const parts = ['sent', 'consumed', 'returned', 'scrap', 'onHand'] as const;

/** A table that is pushed sideways where it is too narrow for it, by finger or by the arrow keys; on a phone its rows are cards. */
function ScrolledTable({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls is to be reached by the keyboard
      tabIndex={0}
      aria-label={label}
      className="overflow-x-auto"
    >
      {children}
    </section>
  );
}

type BalanceHead = (part: (typeof parts)[number]) => string;

/** Where each material is: the five sums of the law, in one row. */
export function Balances({ rows, onHand }: { rows: readonly Balance[]; onHand: string }) {
  const t = useWords();
  const head: BalanceHead = (part) => (part === 'onHand' ? onHand : t(`supporter.${part}`));
  return (
    <ScrolledTable label={t('supporter.materials')}>
      <table className="table table-cards w-full">
        <thead>
          <tr>
            <th scope="col">{t('field.material')}</th>
            {parts.map((part) => (
              <th key={part} scope="col" className="num">
                {head(part)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BalanceRow key={row.name} row={row} head={head} />
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function BalanceRow({ row, head }: { row: Balance; head: BalanceHead }) {
  const t = useWords();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">
        {row.name}
        <span className="block text-sm font-normal text-soft">{wordFor(t, 'units', row.unit)}</span>
      </th>
      {parts.map((part) => (
        <td
          key={part}
          data-label={head(part)}
          className={part === 'onHand' ? 'num font-semibold' : 'num'}
        >
          {decimalWords(formats, row[part])}
        </td>
      ))}
    </tr>
  );
}

type Month = {
  readonly month: number;
  readonly promisedRial: string;
  readonly takenRial: string;
  readonly dueRial: string;
  readonly paidRial: string;
  readonly owedRial: string;
};

const sums = ['promised', 'taken', 'due', 'paid', 'owed'] as const;

type RowEnd = (row: Month) => React.ReactNode;

type Heads = Readonly<Record<(typeof sums)[number], string>>;

function MonthRow({ row, heads, end }: { row: Month; heads: Heads; end?: RowEnd }) {
  const t = useWords();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        {monthWords(formats, row.month)}
      </th>
      {sums.map((name) => (
        <td key={name} data-label={`${heads[name]} (${t('toman')})`} className="num">
          {formats.toman(row[`${name}Rial`])}
        </td>
      ))}
      {end ? <td data-label={t('state')}>{end(row)}</td> : null}
    </tr>
  );
}

/** Months with what was promised, bought, due, paid and left, in toman. */
export function Months({ rows, end }: { rows: readonly Month[]; end?: RowEnd }) {
  const t = useWords();
  const heads: Heads = {
    promised: t('promised'),
    taken: t('taken'),
    due: t('supporter.due'),
    paid: t('supporter.paid'),
    owed: t('owed'),
  };
  return (
    <ScrolledTable label={t('supporter.months')}>
      <table className="table table-cards w-full">
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            {sums.map((name) => (
              <th key={name} scope="col" className="num">
                {heads[name]}
                <span className="block font-normal">{t('toman')}</span>
              </th>
            ))}
            {end ? <th scope="col">{t('state')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MonthRow key={row.month} row={row} heads={heads} {...(end ? { end } : {})} />
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

/** A day at the end of a line. */
export function EndDay({ iso }: { iso: string }) {
  return (
    <span className="text-sm text-soft">
      <Day iso={iso} />
    </span>
  );
}
