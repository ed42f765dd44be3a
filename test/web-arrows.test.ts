import { describe, expect, test } from 'vitest';
import { refusal } from '../scripts/vite-web-arrows.ts';

describe('the bundler lets pages import', () => {
  test.each([
    ['permits/web/CasePage.tsx', 'web/ui/Button.tsx'],
    ['permits/web/CasePage.tsx', 'permits/web/History.tsx'],
    ['permits/web/CasePage.tsx', 'permits/rules.ts'],
    ['permits/web/CasePage.tsx', 'accounts/fa.ts'],
    ['permits/web/CasePage.tsx', 'kit/jalali.ts'],
    ['permits/rules.ts', 'accounts/rules.ts'],
    ['market/fa.ts', 'market/bazaars/fa.ts'],
    ['market/web/FairsPage.tsx', 'market/bazaars/contract.ts'],
    ['web/routes.tsx', 'figures/web/OverviewPage.tsx'],
    ['web/routes.tsx', 'supervision/web/VisitsPanel.tsx'],
    ['web/main.tsx', 'web/routes.tsx'],
  ])('%s → %s', (from, to) => {
    expect(refusal(from, to)).toBeUndefined();
  });
});

describe('the bundler refuses that pages import', () => {
  test.each([
    ['permits/web/CasePage.tsx', 'permits/queries.ts'],
    ['permits/web/CasePage.tsx', 'permits/index.ts'],
    ['permits/web/CasePage.tsx', 'financing/contract.ts'],
    ['market/fa.ts', 'market/bazaars/fairs.ts'],
    ['market/rules.ts', 'financing/ledger/rules.ts'],
    ['permits/web/CasePage.tsx', 'accounts/web/SignInPage.tsx'],
    ['permits/web/CasePage.tsx', 'supervision/web/VisitsPanel.tsx'],
    ['permits/web/CasePage.tsx', 'platform/database.ts'],
    ['permits/web/CasePage.tsx', 'app.ts'],
    ['permits/rules.ts', 'web/ui/Button.tsx'],
    ['permits/rules.ts', 'permits/queries.ts'],
    ['web/ui/Button.tsx', 'permits/contract.ts'],
    ['web/ui/Button.tsx', 'figures/web/OverviewPage.tsx'],
    ['web/routes.tsx', 'figures/web/scope.ts'],
    ['kit/jalali.ts', 'web/format.ts'],
  ])('%s → %s', (from, to) => {
    expect(refusal(from, to)).toBeTypeOf('string');
  });
});
