import { useQueryClient } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { parseNumber } from '../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { myProductPath, myStallPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { allergens, productKinds, reaches } from '../rules.ts';
import { LabelSheet } from './LabelSheet.tsx';
import { useMyStall } from './MyStallPage.tsx';
import { Photos } from './Photos.tsx';
import { useWords, wordFor } from './words.ts';

type Stall = Answer<'/api/my-stalls/{code}'>;
type Product = Stall['products'][number];

/** A whole number in any digits; what is none is sent as it is, for the server to say so. */
const numberIn = (text: string | undefined): number =>
  Number(parseNumber(text ?? '') ?? Number.NaN);

function bodyOf(values: Values) {
  const { title = '', about = '', unit = '', ingredients = '', healthNumber = '' } = values;
  const keeps = numberIn(values.keepsDays);
  return {
    ...{ title, about, unit, ingredients, healthNumber },
    kind: productKinds.find((one) => one === values.kind) ?? 'ready',
    priceRial: `${parseNumber(values.price ?? '') ?? ''}0`,
    leadDays: numberIn(values.leadDays),
    sendsTo: reaches.find((one) => one === values.sendsTo) ?? 'country',
    allergens: allergens.filter((one) => values[`allergen ${one}`]),
    ...(Number.isNaN(keeps) ? {} : { keepsDays: keeps }),
    state: values.state === 'hidden' ? ('hidden' as const) : ('listed' as const),
  };
}

function useSaving(stall: string, product: Product | undefined) {
  const router = useRouter();
  const queries = useQueryClient();
  return useWrite(
    (values: Values, opId) => {
      const headers = withKey(opId);
      if (product) {
        const params = { path: { code: product.code } };
        return answer(api.POST('/api/products/{code}', { params, headers, body: bodyOf(values) }));
      }
      const body = { ...bodyOf(values), onHand: numberIn(values.onHand) };
      const params = { path: { code: stall } };
      return answer(api.POST('/api/stalls/{code}/products', { params, headers, body }));
    },
    async ({ code }) => {
      await queries.invalidateQueries();
      await router.navigate({ href: product ? myStallPath(stall) : myProductPath(stall, code) });
    },
  );
}

function Allergens({ product }: { product: Product | undefined }) {
  const t = useWords();
  return (
    <fieldset>
      <legend className="font-semibold">{t('product.allergens')}</legend>
      <div className="grid grid-cols-2 sm:grid-cols-3">
        {allergens.map((one) => (
          <label key={one} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              name={`allergen ${one}`}
              value="true"
              defaultChecked={product?.allergens.includes(one) ?? false}
              className="size-5 accent-accent"
            />
            {wordFor(t, 'allergen', one)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Food({ product }: { product: Product | undefined }) {
  const t = useWords();
  return (
    <>
      <TextArea
        name="ingredients"
        label={t('product.ingredients')}
        rows={2}
        defaultValue={product?.ingredients ?? ''}
      />
      <TextField
        name="healthNumber"
        label={t('product.health')}
        ltr
        defaultValue={product?.healthNumber ?? ''}
      />
      <TextField
        name="keepsDays"
        label={t('product.keeps')}
        inputMode="numeric"
        optional
        defaultValue={product?.keepsDays ? String(product.keepsDays) : ''}
      />
      <Allergens product={product} />
    </>
  );
}

/** What it is called, what it costs, and how many there are. */
function What({ product }: { product: Product | undefined }) {
  const t = useWords();
  const price = product ? product.priceRial.slice(0, -1) : '';
  const title = { name: 'title', label: t('product.title'), hint: t('product.titleHint') };
  const unit = { name: 'unit', label: t('product.unit'), hint: t('product.unitHint') };
  return (
    <>
      <TextField {...title} maxLength={120} defaultValue={product?.title ?? ''} />
      <TextField
        name="price"
        label={t('product.price')}
        inputMode="numeric"
        ltr
        defaultValue={price}
      />
      <TextField {...unit} maxLength={30} defaultValue={product?.unit ?? ''} />
      {product ? null : (
        <TextField name="onHand" label={t('product.onHand')} inputMode="numeric" ltr />
      )}
    </>
  );
}

/** Which kind, how soon, how far. */
function How({ product }: { product: Product | undefined }) {
  const t = useWords();
  const kinds = productKinds.map((id) => ({ id, name: wordFor(t, 'kinds', id) }));
  const reach = reaches.map((id) => ({ id, name: wordFor(t, 'reach', id) }));
  const [kind, far] = [product?.kind ?? 'ready', product?.sendsTo ?? 'country'];
  return (
    <>
      <SelectField name="kind" label={t('product.kind')} options={kinds} defaultValue={kind} />
      <TextField
        name="leadDays"
        label={t('product.leadDays')}
        inputMode="numeric"
        ltr
        defaultValue={String(product?.leadDays ?? 2)}
      />
      <SelectField name="sendsTo" label={t('product.reach')} options={reach} defaultValue={far} />
    </>
  );
}

function ProductForm({ stall, product }: { stall: Stall; product: Product | undefined }) {
  const t = useWords();
  const write = useSaving(stall.code ?? '', product);
  const shown = (['listed', 'hidden'] as const).map((id) => ({ id, name: t(`product.${id}`) }));
  const about = { name: 'about', label: t('product.about'), defaultValue: product?.about ?? '' };
  const state = { name: 'state', label: t('product.shown') };
  return (
    <Form write={write} submit={t('product.save')}>
      <What product={product} />
      <How product={product} />
      <TextArea {...about} optional />
      {stall.food ? <Food product={product} /> : null}
      <SelectField {...state} options={shown} defaultValue={product?.state ?? 'listed'} />
    </Form>
  );
}

function Stock({ product }: { product: Product }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ onHand }: Values, opId) =>
      answer(
        api.POST('/api/products/{code}/stock', {
          params: { path: { code: product.code } },
          headers: withKey(opId),
          body: { was: product.onHand, onHand: numberIn(onHand) },
        }),
      ),
    () => queries.invalidateQueries(),
  );
  return (
    <Sheet>
      <Form write={write} submit={t('product.setStock')} look="secondary">
        <TextField
          key={product.onHand}
          name="onHand"
          label={t('product.stock')}
          inputMode="numeric"
          ltr
          defaultValue={String(product.onHand)}
        />
      </Form>
    </Sheet>
  );
}

function Whole({ stall, code }: { stall: Stall; code: string }) {
  const t = useWords();
  const product = stall.products.find((one) => one.code === code);
  return (
    <>
      <p>
        <AppLink className="link" href={myStallPath(stall.code ?? '')}>
          {stall.name}
        </AppLink>
      </p>
      <PageHead title={product?.title ?? t('product.newTitle')} />
      {product ? <Photos product={product} /> : null}
      {product ? <Stock product={product} /> : null}
      {product?.food ? <LabelSheet product={product.code} /> : null}
      <Sheet>
        <ProductForm key={code} stall={stall} product={product} />
      </Sheet>
    </>
  );
}

/** A product of one's own: described, photographed, counted; or a new one. */
export function MyProductPage() {
  const t = useWords();
  useTitle(t('product.title'));
  const { code, product } = useParams({ from: '/my/stall/$code/$product' });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <Loaded query={useMyStall(code)} shape="page">
        {(stall) => <Whole stall={stall} code={product} />}
      </Loaded>
    </div>
  );
}
