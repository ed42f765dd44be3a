import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { parseNumber } from '../../../kit/persian-text.ts';
import { answer, api } from '../../../web/api.ts';
import { TextArea, TextField, type Values } from '../../../web/form/Form.tsx';
import { dayTyped, rialTyped } from '../../../web/form/typed.ts';
import { requestPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { ActForm, DayField } from '../ActForm.tsx';
import { Receiver } from '../Receiver.tsx';
import { useWords } from './words.ts';

function askOf({ about, most, postalCode, quantity, closesOn, neededBy, ...rest }: Values) {
  const { title, name, mobile, toProvince, address } = rest;
  return {
    ...{ title, name, mobile, toProvince, address },
    quantity: Number(parseNumber(quantity ?? '') ?? 0),
    closesOn: dayTyped(closesOn),
    neededBy: dayTyped(neededBy),
    ...(about ? { about } : {}),
    ...(most ? { mostRial: rialTyped(most) } : {}),
    ...(postalCode ? { postalCode } : {}),
  };
}

/** What is wanted, how many, for how much, and by when. */
function Wanted({ title }: { title: string }) {
  const t = useWords();
  const what = { name: 'title', label: t('ask.what'), defaultValue: title, maxLength: 120 };
  return (
    <>
      <TextField {...what} />
      <TextField name="quantity" label={t('ask.quantity')} inputMode="numeric" ltr />
      <TextArea name="about" label={t('ask.details')} rows={3} optional />
      <TextField name="most" label={t('ask.most')} inputMode="numeric" ltr optional />
      <DayField name="closesOn" label={t('ask.closesOn')} empty />
      <DayField name="neededBy" label={t('ask.neededBy')} empty />
    </>
  );
}

/** Where a buyer asks all makers of a product's trade for many of it. */
export function AskPage() {
  const t = useWords();
  const router = useRouter();
  useTitle(t('ask.title'));
  const { product: code } = useParams({ from: '/my/ask/$product' });
  const query = useQuery({
    queryKey: ['product', code],
    queryFn: () => answer(api.GET('/api/products/{code}', { params: { path: { code } } })),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead title={t('ask.title')}>{t('ask.about')}</PageHead>
      <Loaded query={query} shape="page">
        {(product) => (
          <Sheet>
            <ActForm
              url="/api/products/{code}/requests"
              code={code}
              name={t('ask.submit')}
              open
              toBody={askOf}
              onDone={(made) => void router.navigate({ href: requestPath(made) })}
            >
              <Wanted title={product.title} />
              <Receiver />
            </ActForm>
          </Sheet>
        )}
      </Loaded>
    </div>
  );
}
