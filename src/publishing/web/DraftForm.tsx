import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { type Office, useShowBulletin } from './office.ts';
import { useBulletinWords } from './words.ts';

/** The words of a draft, with the names of figures where numbers stand. */
export function DraftForm({ office, onTold }: { office: Office; onTold: (text: string) => void }) {
  const t = useBulletinWords();
  const show = useShowBulletin(office.bulletin.code);
  const draft = office.draft;
  const write = useWrite(
    ({ headline = '', lead = '', paragraphs = '' }: Values, opId) =>
      answer(
        api.POST('/api/bulletins/{code}/saveBulletin', {
          headers: withKey(opId),
          params: { path: { code: office.bulletin.code } },
          body: {
            revision: draft?.revision ?? 0,
            text: { headline, lead, paragraphs: paragraphs.split(/\n\s*\n/).filter(Boolean) },
          },
        }),
      ),
    (saved) => {
      show(saved);
      onTold(t('saved'));
    },
  );
  if (!draft) return null;
  const { headline, lead, paragraphs } = draft.text;
  return (
    <Sheet title={t('text')} id="text">
      <Form write={write} submit={t('save')} look="secondary">
        <TextArea name="headline" label={t('headline')} rows={2} defaultValue={headline} />
        <TextArea name="lead" label={t('lead')} rows={4} defaultValue={lead} />
        <TextArea
          name="paragraphs"
          label={t('paragraphs')}
          rows={14}
          defaultValue={paragraphs.join('\n\n')}
          optional
        />
      </Form>
    </Sheet>
  );
}
