import { idIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { enqueue } from '../platform/jobs.ts';
import { supporterAccess } from './access.ts';
import { wholeProvince } from './acts.ts';
import { ImportAnswer } from './answer-contract.ts';
import { ImportBody } from './body-contract.ts';
import { importTable } from './import-table.ts';
import { dropTableJob } from './jobs.ts';
import { supporterPermissions as table } from './policy.ts';
import { readTable, type TableKind } from './read-table.ts';

const largestTable = 1024 * 1024;

/** A supporter's tables of orders and deliveries: checked first, then recorded. */
export const supporterImportRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supporters.import',
    method: 'POST',
    url: '/api/supporter-tables',
    summary: 'Check or record a table of orders or deliveries, with a verdict for each row',
    access: { table, permission: 'supporters.import' },
    upload: { maxBytes: largestTable },
    body: ImportBody,
    response: ImportAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'supporters.no_column', 'supporters.too_many_rows'],
    handle: async ({ tx, act, principal, body, upload, house, say, language }) => {
      idIn(act.provinceId, body.supporter);
      const access = await supporterAccess(tx, principal, body.supporter, 'supporters.import');
      const kind = body.kind as TableKind;
      const key = upload?.key ?? '';
      const bytes = await house.files.getBytes(key);
      await enqueue(tx, dropTableJob, { key });
      const rows = await readTable({ bytes }, kind);
      const record = body.mode === 'record';
      return importTable(tx, act, say, { access, kind, rows, record, language });
    },
  }),
];
