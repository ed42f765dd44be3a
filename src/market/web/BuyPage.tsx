import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { parseNumber } from '../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { orderPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Receiver } from './Receiver.tsx';
import { useWords } from './words.ts';

type Shown = Answer<'/api/products/{code}'>;

function useOrdering(product: Shown) {
  const router = useRouter();
  return useWrite(
    (values: Values, opId) => {
      const { name = '', mobile = '', toProvince = '', address = '', note = '' } = values;
      const { postalCode } = values;
      const quantity = Number(parseNumber(values.quantity ?? '') ?? 0);
      return answer(
        api.POST('/api/stalls/{code}/orders', {
          params: { path: { code: product.stall } },
          headers: withKey(opId),
          body: {
            ...{ name, mobile, toProvince, address, note },
            ...(postalCode ? { postalCode } : {}),
            pays: values.pays === 'online' ? 'online' : 'on_delivery',
            lines: [{ product: product.code, quantity }],
          },
        }),
      );
    },
    ({ code }) => router.navigate({ href: orderPath(code) }),
  );
}

function OrderForm({ product }: { product: Shown }) {
  const t = useWords();
  const write = useOrdering(product);
  const pays = [
    { id: 'on_delivery', name: t('buy.on_delivery') },
    ...(product.paysOnline ? [{ id: 'online', name: t('buy.online') }] : []),
  ];
  const quantity = { name: 'quantity', label: t('buy.quantity'), defaultValue: '1' };
  return (
    <Form write={write} submit={t('buy.submit')}>
      <TextField {...quantity} inputMode="numeric" ltr />
      <Receiver />
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
