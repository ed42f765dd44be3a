import { TextArea } from '../../web/form/Form.tsx';
import { useWords } from './words.ts';

/** What was found about a payment. */
export function FoundField() {
  const t = useWords();
  return <TextArea name="reason" label={t('office.found')} rows={2} />;
}
