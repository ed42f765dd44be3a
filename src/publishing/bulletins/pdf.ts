import { readFileSync } from 'node:fs';
import { paperPdf } from '../../permits/index.ts';
import { qrSvg } from '../../platform/qr.ts';
import type { Visit } from '../layout.ts';
import { momentText } from '../roots/page.ts';
import { tell } from './account.ts';
import { bulletinPath } from './files.ts';
import { annexRows, changeRows } from './rows.ts';
import type { Version } from './version.ts';

const source = readFileSync(new URL('./bulletin.typ', import.meta.url), 'utf8');

/** Everything that the paper of a version says; it is in the bulletin's language, as `visit` has to be. */
export function bulletinPaper(visit: Visit, version: Version, rootHash: string, newest: boolean) {
  const { say, formats, language, publicUrl } = visit;
  const { bulletin, publicFrom, asOf, hash, root, reason } = version;
  const said = tell(version, { say, language });
  const most = Math.max(1, ...said.chart.bars.map(({ value }) => value));
  const page = (name: string, values: Record<string, string> = {}) =>
    say(`bulletins.page.${name}`, values);
  const moment = (at: Date) => momentText(visit, at.toISOString());
  const sum = said.sumNote === undefined ? [] : [said.sumNote];
  return {
    ...{ lang: language, rtl: language === 'fa' },
    ...{ headline: said.headline, lead: said.lead, paragraphs: said.paragraphs, table: said.table },
    meta: [
      page('number', { number: formats.digits(bulletin.number) }),
      page('version', { version: formats.count(version.version) }),
      page('published', { moment: moment(publicFrom) }),
    ].join(' · '),
    stamp: newest ? null : page('superseded'),
    demonstration: version.demonstration ? page('demonstration') : null,
    chart: {
      title: said.chart.title,
      bars: said.chart.bars.map((bar) => ({ ...bar, share: bar.value / most })),
    },
    rounding: page('rounding'),
    rules: [page('rule'), ...sum, page('small')],
    changes: reason === null ? null : changesOf(visit, version, reason),
    annex: annexRows(visit, version),
    check: {
      ...{ title: page('check'), asOf: page('asOf', { moment: moment(asOf) }) },
      ...{ root: page('root', { number: formats.count(root) }), rootHash },
      ...{ hashTitle: page('hash'), hash },
      address: `${publicUrl}${bulletinPath(bulletin, version.version)}`,
    },
  };
}

function changesOf(visit: Visit, version: Version, reason: string) {
  const page = (name: string, values = {}) => visit.say(`bulletins.page.${name}`, values);
  return {
    ...{ title: page('changes'), why: page('why', { reason }) },
    heads: ['what', 'before', 'now'].map((one) => page(one)),
    rows: changeRows(visit, version),
  };
}

/** Sets a version as PDF/A, A4. */
export function bulletinPdf(
  visit: Visit,
  version: Version,
  rootHash: string,
  newest: boolean,
): Buffer {
  const paper = bulletinPaper(visit, version, rootHash, newest);
  return paperPdf(source, { ...paper, code: qrSvg(paper.check.address) }, version.publicFrom);
}
