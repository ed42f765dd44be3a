import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { parseNumber } from '../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { orderPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Receiver, Recipient } from './Receiver.tsx';
import { useWords } from './words.ts';

type Shown = Answer<'/api/products/{code}'>;

const countOf = (text: string | undefined) => Number(parseNumber(text || '0') ?? Number.NaN);

/** The lines of an order as they were typed: the product itself, and what else of the stall was wanted. */
function linesOf(product: Shown, values: Values) {
  const others = product.others.map(({ code }) => {
    return { product: code, quantity: countOf(values[`other ${code}`]) };
  });
  const own = { product: product.code, quantity: countOf(values.quantity) };
  return [own, ...others.filter(({ quantity }) => quantity !== 0)];
}

function useOrdering(product: Shown) {
  const router = useRouter();
  return useWrite(
    (values: Values, opId) => {
      const { name = '', mobile = '', address = '', note = '' } = values;
      const { postalCode, toProvince, toCounty } = values;
      return answer(
        api.POST('/api/stalls/{code}/orders', {
          params: { path: { code: product.stall } },
          headers: withKey(opId),
          body: {
            ...{ name, mobile, address, note },
            ...(toProvince ? { toProvince } : {}),
            ...(toCounty ? { toCounty } : {}),
            ...(postalCode ? { postalCode } : {}),
            pays: values.pays === 'online' ? 'online' : 'on_delivery',
            lines: linesOf(product, values),
          },
        }),
      );
    },
    ({ code }) => router.navigate({ href: orderPath(code) }),
  );
}

const number = { inputMode: 'numeric', ltr: true } as const;

/** What else of the stall can go into the order. */
function Others({ product }: { product: Shown }) {
  const t = useWords();
  const { count, toman } = useFormats();
  return (
    <details>
      <summary className="w-fit py-1 font-semibold text-accent">{t('buy.others')}</summary>
      <div className="grid gap-4 py-3">
        {product.others.map((one) => {
          const facts = { amount: toman(one.priceRial), left: count(one.onHand) };
          return (
            <TextField
              key={one.code}
              name={`other ${one.code}`}
              label={one.title}
              hint={t('buy.other', { unit: one.unit, ...facts })}
              optional
              {...number}
            />
          );
        })}
      </div>
    </details>
  );
}

/** How many of the product, what else of the stall, and what all of it costs as it is typed. */
function Wanted({ product }: { product: Shown }) {
  const t = useWords();
  const { toman } = useFormats();
  const [values, setValues] = useState<Values>({ quantity: '1' });
  const prices = new Map([product, ...product.others].map((one) => [one.code, one.priceRial]));
  const sum = linesOf(product, values).reduce(
    (all, line) =>
      all + BigInt(prices.get(line.product) ?? 0) * BigInt(Math.trunc(line.quantity) || 0),
    0n,
  );
  const take = (event: FormEvent<HTMLDivElement>) => {
    const { name, value } = event.target as HTMLInputElement;
    setValues((before) => ({ ...before, [name]: value }));
  };
  return (
    <div className="grid gap-6" onChange={take}>
      <TextField name="quantity" label={t('buy.quantity')} defaultValue="1" {...number} />
      {product.others.length === 0 ? null : <Others product={product} />}
      <p className="text-lg font-semibold">{t('buy.sum', { amount: toman(String(sum)) })}</p>
    </div>
  );
}

/** Where it goes: nowhere where the buyer fetches it, else as far as the maker sends. */
function To({ product }: { product: Shown }) {
  const t = useWords();
  const { label } = useFormats();
  const county = label(product.county.label);
  const province = label(product.province.label);
  if (product.sendsTo === 'pick_up') {
    return (
      <>
        <p>{t('buy.fetch', { county, province })}</p>
        <Recipient />
      </>
    );
  }
  return (
    <>
      {product.sendsTo === 'county' ? <p>{t('buy.onlyCounty', { county, province })}</p> : null}
      {product.sendsTo === 'province' ? <p>{t('buy.onlyProvince', { province })}</p> : null}
      <Receiver county={product.sendsTo === 'county' ? 'required' : 'optional'} />
    </>
  );
}

function OrderForm({ product }: { product: Shown }) {
  const t = useWords();
  const write = useOrdering(product);
  const pays = [
    { id: 'on_delivery', name: t('buy.on_delivery') },
    ...(product.paysOnline ? [{ id: 'online', name: t('buy.online') }] : []),
  ];
  return (
    <Form write={write} submit={t('buy.submit')}>
      <Wanted product={product} />
      <To product={product} />
      <TextArea name="note" label={t('buy.note')} rows={2} optional />
      <SelectField
        name="pays"
        label={t('buy.pays')}
        options={pays}
        defaultValue="on_delivery"
        {...(product.paysOnline ? {} : { hint: t('buy.onlineOff') })}
      />
    </Form>
  );
}

/** Where a buyer says how many, and where to. */
export function BuyPage() {
  const t = useWords();
  useTitle(t('buy.title'));
  const { toman } = useFormats();
  const { product: code } = useParams({ from: '/my/buy/$product' });
  const query = useQuery({
    queryKey: ['product', code],
    queryFn: () => answer(api.GET('/api/products/{code}', { params: { path: { code } } })),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <Loaded query={query} shape="page">
        {(product) => (
          <>
            <PageHead title={product.title}>
              {t('buy.from', { stall: product.stallName })}
              {' – '}
              {t('buy.each', { unit: product.unit, amount: toman(product.priceRial) })}
            </PageHead>
            <Sheet>
              <OrderForm product={product} />
            </Sheet>
          </>
        )}
      </Loaded>
    </div>
  );
}
