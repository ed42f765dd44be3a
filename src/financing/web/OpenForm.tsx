import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isoToJalali } from '../../kit/jalali.ts';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { referenceQuery, useToday } from '../../web/session.ts';
import { dayOf, decisionOf, rialOf, yearOf } from './allocation.ts';
import { DecisionFields } from './Decision.tsx';
import { useWords } from './words.ts';

function useOpening(onDone: (code: string) => void) {
  const t = useWords();
  const queries = useQueryClient();
  const today = useToday();
  return useWrite(
    async (values: Values, opId) => {
      const { creditLine = '', law = '', note, clause } = values;
      const carryOverOn = dayOf(values, 'carryOverOn', t('form.wrongDay'));
      const body = {
        ...{ creditLine, law, ...yearOf(values, t('form.wrongYear')) },
        ...(note ? { note } : {}),
        ...(clause ? { clause } : {}),
        ...(carryOverOn ? { carryOverOn } : {}),
        provincialRial: rialOf(values, 'provincial', t('form.wrongAmount')),
        nationalRial: rialOf(values, 'national', t('form.wrongAmount')),
        ...decisionOf(values, today, t('form.wrongDay')),
      };
      return answer(api.POST('/api/allocations', { headers: withKey(opId), body }));
    },
    async ({ code }) => {
      await queries.invalidateQueries({ queryKey: ['allocations'] });
      onDone(code);
    },
  );
}

/** A budget line's money for the province: which line, how much of which part, until when, and who decided. */
export function OpenForm({ onDone }: { onDone: (code: string) => void }) {
  const t = useWords();
  const { label, digits } = useFormats();
  const { data } = useQuery(referenceQuery);
  const opening = useOpening(onDone);
  const lines = (data?.creditLines ?? []).map((row) => ({ id: row.id, name: label(row.label) }));
  const year = digits(isoToJalali(useToday()).year);
  return (
    <Form write={opening} submit={t('form.save')}>
      <SelectField name="creditLine" label={t('form.creditLine')} options={lines} empty="" />
      <TextField name="fiscalYear" label={t('form.year')} defaultValue={year} ltr />
      <TextField name="law" label={t('form.law')} hint={t('form.lawHint')} maxLength={200} />
      <TextField name="note" label={t('form.note')} optional maxLength={60} />
      <TextField name="clause" label={t('form.clause')} optional maxLength={60} />
      <TextField name="provincial" label={t('form.provincial')} inputMode="numeric" ltr />
      <TextField name="national" label={t('form.national')} inputMode="numeric" ltr />
      <TextField
        name="carryOverOn"
        label={t('form.carryOver')}
        hint={t('form.carryOverHint')}
        optional
        ltr
      />
      <DecisionFields />
    </Form>
  );
}
