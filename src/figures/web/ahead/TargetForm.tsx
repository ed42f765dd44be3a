import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatJalali, jalaliYearRange, parseJalali } from '../../../kit/jalali.ts';
import { toAsciiDigits } from '../../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { refusedHere } from '../../../web/problem.ts';
import { referenceQuery, useAccount } from '../../../web/session.ts';
import { type TargetLevel, targetLevels, targetMeasures } from '../../targets/rules.ts';
import { measuresQuery } from '../queries.ts';
import { jalaliText } from '../scope.ts';
import { useAheadWords } from './words.ts';

type Target = Answer<'/api/targets'>['items'][number];
type Measure = (typeof targetMeasures)[number];

/** A whole number as it is typed, grouped or not, in any digits. */
function goalOf(text: string, word: string): number {
  const plain = toAsciiDigits(text).replaceAll(/[\s,\u066c]/g, '');
  if (!/^[1-9]\d{0,7}$/.test(plain)) throw refusedHere(word, { field: 'goal' });
  return Number(plain);
}

function useAsking(year: number, target: Target | undefined, onDone: () => void) {
  const t = useAheadWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) => {
      const dueOn = parseJalali(values.dueOn ?? '');
      if (!dueOn) throw refusedHere(t('targets.wrongDay'), { field: 'dueOn' });
      const agency = target?.agency?.id ?? values.agency;
      const county = target?.county?.id ?? values.county;
      const body = {
        ...{ year, dueOn: jalaliText(dueOn), reason: values.reason ?? '' },
        measure: (target?.measure ?? values.measure) as Measure,
        level: (target?.level ?? values.level) as TargetLevel,
        ...(agency ? { agency } : {}),
        ...(county ? { county } : {}),
        goal: goalOf(values.goal ?? '', t('targets.wrongGoal')),
        ...(values.letter ? { letter: values.letter } : {}),
      };
      return answer(api.POST('/api/targets', { body, headers: withKey(opId) }));
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['targets'] });
      onDone();
    },
  );
}

/** The agency or the county whose target it is. */
function Whose({ level }: { level: string }) {
  const t = useAheadWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const named = (rows: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    rows.map((row) => ({ id: row.id, name: label(row.label) }));
  if (level === 'agency') {
    const agencies = named(data?.agencies);
    return <SelectField name="agency" label={t('targets.agency')} options={agencies} empty="" />;
  }
  if (level !== 'county') return null;
  const counties = named(data?.counties);
  return <SelectField name="county" label={t('targets.county')} options={counties} empty="" />;
}

/** Of what a new target is: the measure, and whose. */
function What() {
  const t = useAheadWords();
  const { label } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const ministry = useAccount()?.role === 'ministry';
  const open = targetLevels.filter((one) => (one === 'country') === ministry);
  const [level, setLevel] = useState<string>(open[0] ?? 'province');
  const measureName = (name: string) => label(measures?.find((one) => one.name === name)?.label);
  return (
    <>
      <SelectField
        name="measure"
        label={t('targets.measure')}
        options={targetMeasures.map((id) => ({ id, name: measureName(id) || id }))}
        defaultValue={targetMeasures[0]}
      />
      <div onChange={({ target }) => target instanceof HTMLSelectElement && setLevel(target.value)}>
        <SelectField
          name="level"
          label={t('targets.level')}
          options={open.map((id) => ({ id, name: t(`targets.${id}`) }))}
          defaultValue={level}
        />
      </div>
      <Whose level={level} />
    </>
  );
}

/** Asks for a target of a year, or for a new version of one that is there. */
export function TargetForm({
  year,
  target,
  onDone,
}: {
  year: number;
  target?: Target;
  onDone: () => void;
}) {
  const t = useAheadWords();
  const { lang, digits } = useFormats();
  const asking = useAsking(year, target, onDone);
  const last = formatJalali(jalaliYearRange(year).to, lang, 'short');
  return (
    <Form write={asking} submit={t('targets.save')}>
      {target ? null : <What />}
      <TextField
        name="goal"
        label={t('targets.fields.goal')}
        inputMode="numeric"
        ltr
        defaultValue={digits(target?.now?.goal ?? '')}
      />
      <TextField
        name="dueOn"
        label={t('targets.fields.dueOn')}
        hint={t('targets.fields.dueHint')}
        ltr
        defaultValue={last}
      />
      <TextArea name="reason" label={t('targets.fields.reason')} rows={2} />
      <TextField name="letter" label={t('targets.fields.letter')} optional maxLength={100} />
    </Form>
  );
}
