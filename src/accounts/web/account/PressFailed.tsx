import { ErrorSummary } from '../../../web/form/ErrorSummary.tsx';
import { problemOf, RequestFailed } from '../../../web/problem.ts';
import { useAccountWords } from './words.ts';

/** What went wrong with a press: the server's words, or those for a browser that gave up on a passkey. */
export function PressFailed({ error }: { error: unknown }) {
  const t = useAccountWords();
  if (!error) return null;
  if (error instanceof RequestFailed || error instanceof TypeError) {
    return <ErrorSummary problem={problemOf(error)} fieldId={() => undefined} />;
  }
  return (
    <p role="alert" className="font-semibold text-stopped">
      {t('passkeyStopped')}
    </p>
  );
}
