import type { Answer } from '../../web/api.ts';
import { SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { amountTyped, dayTyped, rialTyped } from '../../web/form/typed.ts';
import { ActForm, DayField, ReasonField, UnitField } from './ActForm.tsx';
import { Checks, checkedOf, linesTyped, Repeated } from './Repeated.tsx';
import { useWords, wordFor } from './words.ts';

type Supporter = Answer<'/api/supporters/{code}'>;
type FormProps = { readonly it: Supporter };

function ApplyForm({ it }: FormProps) {
  const t = useWords();
  const toBody = ({ firmName, legalId }: Record<string, string>) => ({
    ...(firmName ? { firmName } : {}),
    ...(legalId ? { legalId } : {}),
  });
  return (
    <ActForm of="supporters" code={it.code} act="apply" path="apply" toBody={toBody}>
      <TextField name="firmName" label={t('field.firmName')} hint={t('field.firmHint')} optional />
      <TextField name="legalId" label={t('field.legalId')} ltr inputMode="numeric" optional />
    </ActForm>
  );
}

function TradeForm({ it }: FormProps) {
  const t = useWords();
  const kinds = (['order', 'invoice'] as const).map((id) => ({ id, name: t(`field.${id}`) }));
  return (
    <ActForm
      of="supporters"
      code={it.code}
      act="addTrade"
      path="trade"
      toBody={({ kind, number, buyer, sum, day }) => ({
        ...{ kind, number, buyer, amountRial: rialTyped(sum), datedOn: dayTyped(day) },
      })}
    >
      <SelectField name="kind" label={t('field.kind')} options={kinds} defaultValue="order" />
      <TextField name="number" label={t('field.number')} />
      <TextField name="buyer" label={t('field.buyer')} />
      <TextField name="sum" label={t('field.sum')} ltr inputMode="numeric" />
      <DayField name="day" label={t('day')} empty />
    </ActForm>
  );
}

function PersonForm({ it }: FormProps) {
  const t = useWords();
  const sexes = (['female', 'male'] as const).map((id) => ({ id, name: t(`field.${id}`) }));
  return (
    <ActForm
      of="supporters"
      code={it.code}
      act="name"
      path="people"
      toBody={({ mobile, ...rest }) => ({ ...rest, ...(mobile ? { mobile } : {}) })}
    >
      <TextField name="nationalId" label={t('field.nationalId')} ltr inputMode="numeric" />
      <TextField name="firstName" label={t('field.firstName')} />
      <TextField name="lastName" label={t('field.lastName')} />
      <SelectField name="sex" label={t('field.sex')} options={sexes} defaultValue="female" />
      <TextField name="mobile" label={t('field.mobile')} ltr inputMode="tel" optional />
    </ActForm>
  );
}

function MaterialForm({ it }: FormProps) {
  const t = useWords();
  return (
    <ActForm
      of="supporters"
      code={it.code}
      act="keepMaterial"
      path="materials"
      toBody={({ name, unit, price }) => ({ name, unit, priceRial: rialTyped(price) })}
    >
      <TextField name="name" label={t('field.materialName')} />
      <UnitField />
      <TextField name="price" label={t('field.price')} ltr inputMode="numeric" />
    </ActForm>
  );
}

/** A product of any number of materials. */
function ProductForm({ it }: FormProps) {
  const t = useWords();
  const options = it.materials.map(({ id, name, unit }) => {
    return { id, name: `${name} (${wordFor(t, 'units', unit)})` };
  });
  const unitOf = new Map(it.materials.map(({ id, unit }) => [id, unit]));
  const toBody = (values: Values) => ({
    ...{ name: values.name, unit: values.unit },
    recipe: linesTyped(values, 'recipe', (field) => {
      const materialId = field('materialId');
      const [net, waste] = [amountTyped(field('net')), amountTyped(field('waste') || '0')];
      return { materialId, net, waste, unit: unitOf.get(materialId) ?? 'kg' };
    }),
  });
  return (
    <ActForm of="supporters" code={it.code} act="addProduct" path="products" toBody={toBody}>
      <TextField name="name" label={t('field.productName')} />
      <UnitField start="piece" />
      <Repeated name="recipe" most={20} line={t('field.material')}>
        {(path) => (
          <div className="grid gap-3 sm:grid-cols-3">
            <SelectField
              name={`${path}/materialId`}
              label={t('field.material')}
              options={options}
              empty=""
            />
            <TextField name={`${path}/net`} label={t('field.net')} ltr />
            <TextField name={`${path}/waste`} label={t('field.waste')} ltr optional />
          </div>
        )}
      </Repeated>
    </ActForm>
  );
}

function TrainingForm({ it }: FormProps) {
  const t = useWords();
  const live = it.people.filter(({ state }) => state === 'covered' || state === 'named');
  const codes = live.map(({ code }) => code);
  return (
    <ActForm
      of="supporters"
      code={it.code}
      act="train"
      path="trainings"
      toBody={(values) => ({
        ...{ topic: values.topic, place: values.place, heldOn: dayTyped(values.day) },
        ...{
          minutes: Number(amountTyped(values.minutes)),
          people: checkedOf(values, 'came', codes),
        },
      })}
    >
      <TextField name="topic" label={t('field.topic')} />
      <TextField name="place" label={t('field.where')} />
      <TextField name="minutes" label={t('field.minutes')} ltr inputMode="numeric" />
      <DayField name="day" label={t('day')} />
      <Checks
        name="came"
        legend={t('field.came')}
        options={live.map(({ code, name }) => ({ id: code, name }))}
      />
    </ActForm>
  );
}

/** What can be done about a supporter itself: by itself, by the agency, by the director. */
export function SupporterForms({ it }: FormProps) {
  const own = it.acts.includes('supporters.addTrade');
  const { code } = it;
  return (
    <div>
      {it.acts.includes('supporters.apply') ? <ApplyForm it={it} /> : null}
      {own ? (
        <>
          <TradeForm it={it} />
          <PersonForm it={it} />
          <MaterialForm it={it} />
          {it.materials.length > 0 ? <ProductForm it={it} /> : null}
          {it.people.length > 0 ? <TrainingForm it={it} /> : null}
        </>
      ) : null}
      {it.acts.includes('supporters.assess') ? (
        <ActForm of="supporters" code={code} act="assess" path="assess" />
      ) : null}
      {(['declareDefault', 'endDefault'] as const)
        .filter((act) => it.acts.includes(`supporters.${act}`))
        .map((act) => (
          <ActForm
            key={act}
            of="supporters"
            code={code}
            act={act}
            path={act === 'endDefault' ? 'end-default' : 'declare-default'}
            toBody={({ reason }) => ({ reason })}
          >
            <ReasonField />
          </ActForm>
        ))}
    </div>
  );
}
