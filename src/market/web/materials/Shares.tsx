import { SelectField, TextField } from '../../../web/form/Form.tsx';
import { rialTyped } from '../../../web/form/typed.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { ActForm, ReasonField } from '../ActForm.tsx';
import type { Purchase } from './purchase.ts';
import { quantityTyped } from './quantity.ts';
import { useQuantity, useWords, wordFor } from './words.ts';

type Need = Purchase['needs'][number];
type Of = { readonly need: Need; readonly it: Purchase };

/** Hands out a share, or says that its maker did not come. */
function HandOut({ need, it }: Of) {
  const t = useWords();
  if (need.state !== 'allotted') return null;
  return (
    <>
      <ActForm
        url="/api/needs/{code}/collect"
        code={need.code}
        name={t('one.collect')}
        toBody={({ quantity }) => (quantity ? { quantity: quantityTyped(quantity) } : {})}
      >
        <TextField
          name="quantity"
          label={t('one.quantity')}
          hint={t('one.collectHint')}
          inputMode="numeric"
          ltr
          optional
        />
      </ActForm>
      {it.state === 'delivered' ? (
        <ActForm
          url="/api/needs/{code}/leave-behind"
          code={need.code}
          name={t('one.leaveBehind')}
          look="danger"
          toBody={({ reason }) => ({ reason })}
        >
          <ReasonField />
        </ActForm>
      ) : null}
    </>
  );
}

/** What becomes of a share that nobody came for. */
function Leftover({ need, it }: Of) {
  const t = useWords();
  if (need.state !== 'left') return null;
  const others = it.needs
    .filter(({ code, state }) => code !== need.code && ['allotted', 'collected'].includes(state))
    .map(({ code, name }) => ({ id: code, name }));
  return (
    <>
      <ActForm
        url="/api/needs/{code}/give"
        code={need.code}
        name={t('one.give')}
        toBody={({ to, reason }) => ({ to, reason })}
      >
        <SelectField name="to" label={t('one.giveTo')} options={others} empty="" />
        <ReasonField />
      </ActForm>
      <ActForm
        url="/api/needs/{code}/return"
        code={need.code}
        name={t('one.return')}
        toBody={({ refund, reason }) => ({ refundRial: rialTyped(refund), reason })}
      >
        <TextField name="refund" label={t('one.refund')} inputMode="numeric" ltr />
        <ReasonField />
      </ActForm>
    </>
  );
}

function Pay({ need }: { need: Need }) {
  const t = useWords();
  if (need.share === 0 || BigInt(need.owedRial) <= 0n) return null;
  return (
    <ActForm
      url="/api/needs/{code}/payments"
      code={need.code}
      name={t('one.pay')}
      toBody={({ amount, reference }) => ({
        amountRial: rialTyped(amount),
        ...(reference ? { reference } : {}),
      })}
    >
      <TextField name="amount" label={t('one.amount')} inputMode="numeric" ltr />
      <TextField name="reference" label={t('one.reference')} ltr optional />
    </ActForm>
  );
}

/** What a maker wants, or has and owes. */
function ShareFacts({ need, unit }: { need: Need; unit: string }) {
  const t = useWords();
  const { toman, line } = useFormats();
  const quantity = useQuantity();
  const owed = BigInt(need.owedRial);
  const money = { price: toman(need.priceRial), freight: toman(need.freightRial) };
  if (need.share === 0) {
    return <p>{t('one.wants', { quantity: quantity(need.quantity, unit) })}</p>;
  }
  return (
    <>
      <p>{t('one.shareOf', { quantity: quantity(need.share, unit), ...money })}</p>
      <p className="text-sm">
        {line(
          need.collected > 0
            ? t('one.collectedOf', { quantity: quantity(need.collected, unit) })
            : '',
          owed > 0n ? t('one.owes', { amount: toman(need.owedRial) }) : t('one.even'),
        )}
      </p>
    </>
  );
}

function ShareLine({ need, it, may }: Of & { may: boolean }) {
  const t = useWords();
  const { label, line, digits } = useFormats();
  const owes = BigInt(need.owedRial) > 0n;
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap justify-between gap-x-4">
        <b>{need.name}</b>
        <Status meaning={need.state === 'left' ? 'late' : owes ? 'waiting' : 'done'}>
          {wordFor(t, 'needStates', need.state)}
        </Status>
      </p>
      <p className="text-sm text-soft">
        {line(label(need.county.label), digits(need.mobile ?? ''))}
      </p>
      <ShareFacts need={need} unit={it.material.unit} />
      {may ? (
        <>
          <HandOut need={need} it={it} />
          <Leftover need={need} it={it} />
          <Pay need={need} />
        </>
      ) : null}
    </li>
  );
}

/** The makers of a purchase with their shares, and what the office records of each. */
export function Shares({ it, may }: { it: Purchase; may: boolean }) {
  const t = useWords();
  return (
    <Sheet title={t('one.makers')} id="makers">
      {it.needs.length === 0 ? <p className="text-soft">{t('one.noMakers')}</p> : null}
      <ul>
        {it.needs.map((need) => (
          <ShareLine key={need.code} need={need} it={it} may={may} />
        ))}
      </ul>
    </Sheet>
  );
}
