import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { type Draft, type Office, useMoment, useShowBulletin } from './office.ts';
import { useBulletinWords } from './words.ts';

type Told = { readonly onTold: (text: string) => void };
type Act = 'refresh' | 'sign' | 'discard';

const paths = {
  refresh: '/api/bulletins/{code}/refreshBulletin',
  sign: '/api/bulletins/{code}/signBulletin',
  discard: '/api/bulletins/{code}/discardBulletin',
} as const;
const done = { refresh: 'refreshed', sign: 'signed', discard: 'discarded' } as const;

/** A press that needs nothing but the revision that was seen. */
function ActForm({
  act,
  office,
  draft,
  onTold,
}: { act: Act; office: Office; draft: Draft } & Told) {
  const t = useBulletinWords();
  const { code } = office.bulletin;
  const show = useShowBulletin(code);
  const write = useWrite(
    (_values: Values, opId) =>
      answer(
        api.POST(paths[act], {
          headers: withKey(opId),
          params: { path: { code } },
          body: { revision: draft.revision },
        }),
      ),
    (after) => {
      show(after);
      onTold(t(done[act]));
    },
  );
  return (
    <Form write={write} submit={t(act)} look={act === 'sign' ? 'primary' : 'secondary'}>
      {null}
    </Form>
  );
}

function PublishForm({ office, draft, onTold }: { office: Office; draft: Draft } & Told) {
  const t = useBulletinWords();
  const { code } = office.bulletin;
  const show = useShowBulletin(code);
  const write = useWrite(
    ({ publicFrom }: Values, opId) =>
      answer(
        api.POST('/api/bulletins/{code}/publishBulletin', {
          headers: withKey(opId),
          params: { path: { code } },
          body: { revision: draft.revision, ...(publicFrom ? { publicFrom } : {}) },
        }),
      ),
    (after) => {
      show(after);
      onTold(t('publishedNow'));
    },
  );
  return (
    <Form write={write} submit={t('publish')}>
      <TextField
        name="publicFrom"
        label={t('publicFrom')}
        hint={t('publicFromHint')}
        ltr
        optional
      />
    </Form>
  );
}

/** What can be done with a draft now, by whoever is looking. */
export function DraftActs({ office, draft, onTold }: { office: Office; draft: Draft } & Told) {
  const t = useBulletinWords();
  const { label } = useFormats();
  const moment = useMoment();
  const account = useAccount();
  const may = (verb: string) => account?.permissions.includes(`publishing.${verb}`) ?? false;
  const at = { office, draft, onTold };
  const signed = draft.signedBy !== null;
  if (!may('writeBulletins')) return null;
  return (
    <Sheet title={t('acts')} id="acts">
      <div className="grid gap-4">
        {draft.signedBy && draft.signedAt ? (
          <p>{t('signedBy', { name: label(draft.signedBy), moment: moment(draft.signedAt) })}</p>
        ) : null}
        {signed ? null : <ActForm act="sign" {...at} />}
        {signed && !draft.signedByMe && may('publishBulletin') ? <PublishForm {...at} /> : null}
        <ActForm act="refresh" {...at} />
        <ActForm act="discard" {...at} />
      </div>
    </Sheet>
  );
}

/** Begins the next version of a published bulletin. */
export function CorrectForm({ office, onTold }: { office: Office } & Told) {
  const t = useBulletinWords();
  const { code } = office.bulletin;
  const show = useShowBulletin(code);
  const mayWrite = useAccount()?.permissions.includes('publishing.writeBulletins') ?? false;
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/bulletins/{code}/correctBulletin', {
          headers: withKey(opId),
          params: { path: { code } },
          body: { reason },
        }),
      ),
    (after) => {
      show(after);
      onTold(t('corrected'));
    },
  );
  if (!mayWrite || office.versions.length === 0) return null;
  return (
    <Sheet title={t('correct')} id="correct">
      <Form write={write} submit={t('correct')}>
        <TextArea name="reason" label={t('reason')} hint={t('reasonHint')} rows={3} />
      </Form>
    </Sheet>
  );
}
