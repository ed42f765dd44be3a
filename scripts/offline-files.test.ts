import { expect, test } from 'vitest';
import { offlineFiles } from './offline-files.ts';

const page = '../supervision/web/field/FieldPage.tsx';
const manifest = {
  'index.html': { file: 'assets/app.js', css: ['assets/app.css'], assets: ['assets/font.woff2'] },
  '../accounts/web/SignInPage.tsx': { file: 'assets/sign-in.js', imports: ['index.html', '_form'] },
  [page]: { file: 'assets/field.js', imports: ['_form'] },
  _form: { file: 'assets/form.js' },
  '../figures/web/OverviewPage.tsx': { file: 'assets/overview.js', imports: ['_charts'] },
  _charts: { file: 'assets/charts.js' },
};

test('a phone keeps what the inspector’s pages import, and nothing of the other pages', () => {
  expect(offlineFiles(manifest)).toEqual([
    ...['assets/app.css', 'assets/app.js', 'assets/field.js', 'assets/font.woff2'],
    ...['assets/form.js', 'assets/sign-in.js'],
  ]);
});

test('a build without them is no build', () => {
  const { [page]: _gone, ...without } = manifest;
  expect(() => offlineFiles(without)).toThrow('not in the build');
  const { _form: _lost, ...broken } = manifest;
  expect(() => offlineFiles(broken)).toThrow('_form is not in the build');
});
