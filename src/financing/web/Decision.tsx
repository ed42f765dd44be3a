import { TextArea, TextField } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { useToday } from '../../web/session.ts';
import { useWords } from './words.ts';

/** Who decided, when, by which letter and why: asked with every change of a ceiling. */
export function DecisionFields() {
  const t = useWords();
  const { day } = useFormats();
  const today = day(useToday(), 'short');
  return (
    <>
      <TextField
        name="decidedBy"
        label={t('form.decidedBy')}
        hint={t('form.decidedByHint')}
        maxLength={120}
      />
      <TextField name="decidedOn" label={t('form.decidedOn')} defaultValue={today} ltr />
      <TextField name="letter" label={t('form.letter')} optional ltr maxLength={60} />
      <TextArea name="reason" label={t('form.reason')} rows={2} />
    </>
  );
}
