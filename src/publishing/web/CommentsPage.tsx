import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { bulletinsPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useMoment } from './office.ts';
import { useBulletinWords } from './words.ts';

type Queue = Answer<'/api/comments'>;
type Comment = Queue['waiting'][number];

const commentsQuery = queryOptions({
  queryKey: ['comments'],
  queryFn: ({ signal }) => answer(api.GET('/api/comments', { signal })),
});

/** Puts the queue that an act answered with in the place of the one that is shown. */
function useQueue(onTold: () => void) {
  const queries = useQueryClient();
  return (queue: Queue) => {
    queries.setQueryData(['comments'], queue);
    onTold();
  };
}

/** What a comment says, on what, and when. */
function Said({ comment }: { comment: Comment }) {
  const t = useBulletinWords();
  const { digits, line, count } = useFormats();
  const moment = useMoment();
  const { number, version, writtenAt, parent, text } = comment;
  return (
    <>
      <p className="text-sm text-soft">
        {line(
          t('commentOn', { number: digits(number), version: count(version) }),
          moment(writtenAt),
        )}
      </p>
      {parent ? (
        <blockquote dir="auto" className="border-s-4 border-line ps-3 text-soft">
          {parent}
        </blockquote>
      ) : null}
      <p dir="auto" className="whitespace-pre-line">
        {text}
      </p>
    </>
  );
}

function Waiting({ comment, onTold }: { comment: Comment; onTold: (text: string) => void }) {
  const t = useBulletinWords();
  const show = useQueue(() => onTold(t('commentDecided')));
  const write = useWrite(
    ({ verdict, reason }: Values, opId) =>
      answer(
        api.POST('/api/comments/{code}/decideComment', {
          headers: withKey(opId),
          params: { path: { code: comment.code } },
          body: {
            verdict: verdict === 'refused' ? 'refused' : 'approved',
            ...(reason ? { reason } : {}),
          },
        }),
      ),
    show,
  );
  return (
    <li className="grid gap-3 border-b border-line py-4 last:border-b-0">
      <Said comment={comment} />
      <Form write={write} submit={t('decideComment')}>
        <SelectField
          name="verdict"
          label={t('verdict')}
          options={(['approved', 'refused'] as const).map((id) => ({
            id,
            name: t(`verdicts.${id}`),
          }))}
          defaultValue="approved"
        />
        <TextArea name="reason" label={t('why')} hint={t('whyHint')} rows={2} optional />
      </Form>
    </li>
  );
}

function Decided({ comment, onTold }: { comment: Comment; onTold: (text: string) => void }) {
  const t = useBulletinWords();
  const { label } = useFormats();
  const show = useQueue(() => onTold(t('commentAnswered')));
  const write = useWrite(
    ({ text = '' }: Values, opId) =>
      answer(
        api.POST('/api/comments/{code}/answerComment', {
          headers: withKey(opId),
          params: { path: { code: comment.code } },
          body: { text },
        }),
      ),
    show,
  );
  const shown = comment.state === 'approved';
  return (
    <li className="grid gap-3 border-b border-line py-4 last:border-b-0">
      <Said comment={comment} />
      <p className="flex flex-wrap items-center gap-x-3">
        <Status meaning={shown ? 'done' : 'stopped'}>
          {t(shown ? 'verdicts.approved' : 'verdicts.refused')}
        </Status>
        <span className="text-sm text-soft">
          {label(comment.decidedBy)} {comment.reason}
        </span>
      </p>
      {shown ? (
        <details>
          <summary className="cursor-pointer font-semibold">{t('answerComment')}</summary>
          <div className="pt-3">
            <Form write={write} submit={t('sendAnswer')} look="secondary">
              <TextArea name="text" label={t('answerText')} rows={3} />
            </Form>
          </div>
        </details>
      ) : null}
    </li>
  );
}

function CommentsHead() {
  const t = useBulletinWords();
  const back = (
    <AppLink href={bulletinsPath()} className="link">
      {t('back')}
    </AppLink>
  );
  return (
    <PageHead title={t('comments')} end={back}>
      {t('commentsLede')}
    </PageHead>
  );
}

/** What readers wrote: what waits to be read, and what was decided last. */
export function CommentsPage() {
  const t = useBulletinWords();
  const [told, setTold] = useState('');
  const query = useQuery(commentsQuery);
  useTitle(t('comments'));
  return (
    <>
      <CommentsHead />
      <p role="status" className={told ? 'pb-4 font-semibold' : ''}>
        {told}
      </p>
      <Loaded query={query} shape="page">
        {({ waiting, decided }) => (
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <Sheet title={t('commentsWaiting')} id="waiting">
              {waiting.length === 0 ? <EmptyState icon="check" title={t('noneWaiting')} /> : null}
              <ul>
                {waiting.map((comment) => (
                  <Waiting key={comment.code} comment={comment} onTold={setTold} />
                ))}
              </ul>
            </Sheet>
            <Sheet title={t('commentsDecided')} id="decided">
              <ul>
                {decided.map((comment) => (
                  <Decided key={comment.code} comment={comment} onTold={setTold} />
                ))}
              </ul>
            </Sheet>
          </div>
        )}
      </Loaded>
    </>
  );
}
