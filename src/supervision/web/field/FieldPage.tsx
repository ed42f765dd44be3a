import { useRouterState } from '@tanstack/react-router';
import { fieldPath } from '../../../web/paths.ts';
import { NotFound } from '../../../web/shell/Fallbacks.tsx';
import { DayPage } from './DayPage.tsx';
import { FieldVisitPage } from './FieldVisitPage.tsx';
import { NewVisitPage } from './NewVisitPage.tsx';
import { PhonePage } from './PhonePage.tsx';
import { SentPage } from './SentPage.tsx';

/** The inspector's app. All its pages come together, so that whoever has one of them offline has all. */
export function FieldPage() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [page = '', code] = path.slice(fieldPath().length + 1).split('/');
  switch (page) {
    case '':
      return <DayPage />;
    case 'visits':
      return <FieldVisitPage key={code} code={code ?? ''} />;
    case 'new':
      return <NewVisitPage />;
    case 'sent':
      return <SentPage />;
    case 'phone':
      return <PhonePage />;
    default:
      return <NotFound />;
  }
}
