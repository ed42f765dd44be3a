import type pg from 'pg';

/**
 * The tables whose rows go along with a case, whatever the case is: each row of these that hangs together with
 * a case of the story is told again for each of its copies.
 */
export const copied = [
  ...[
    'people',
    'households',
    'identity_checks',
    'cases',
    'clearances',
    'permits',
    'permit_versions',
  ],
  ...['plans', 'tranches', 'open_loans', 'memberships', 'loans', 'repayments', 'ledger_transfers'],
  ...[
    'visits',
    'tranche_passes',
    'deviations',
    'jobs',
    'plan_jobs',
    'counted_people',
    'job_evidence',
  ],
  ...[
    'job_rechecks',
    'supporters',
    'trade_records',
    'covers',
    'materials',
    'work_products',
    'recipe_lines',
  ],
  ...['contracts', 'contract_lines', 'material_balances', 'material_movements', 'work_orders'],
  ...['goods_received', 'pay_months', 'pay_entries', 'pay_receipts', 'history', 'history_heads'],
] as const;
export type Copied = (typeof copied)[number];

/** Rows that a province has once, whatever its cases: each province gets its own. */
export const once = ['accounts', 'checklists', 'recheck_draws'] as const;

/** Rows of a case that a copy goes without: nothing that is checked is reckoned from them. */
export const left = [
  ...[
    'operations',
    'measure_deltas',
    'daily_totals',
    'monthly_totals',
    'sitting_decisions',
    'agenda_cases',
    'loan_closes',
  ],
  ...['history_root_links', 'visit_candidates', 'case_openings', 'sms_outbox', 'sign_in_names'],
] as const;

/** A column as the catalogue has it. */
export type Column = { readonly name: string; readonly type: string };

/** The columns of every table of a province, in their order. */
export async function columnsOf(client: pg.ClientBase): Promise<Map<string, Column[]>> {
  const { rows } = await client.query(`
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and exists (
      select from pg_attribute p where p.attrelid = c.oid and p.attname = 'province_id')
    order by c.relname, a.attnum`);
  return Map.groupBy(rows as (Column & { table: string })[], ({ table }) => table);
}

type Taken = { readonly table: string; readonly drop: string; readonly make: string };

/**
 * Takes the keys and indexes off the tables, which costs less than keeping them row by row. Returns what puts
 * them back, and so checks every row: what no key allows fails there, and nothing of it stays.
 */
export async function openTables(client: pg.ClientBase): Promise<() => Promise<void>> {
  const names = [...copied, 'daily_totals', 'monthly_totals'];
  const keys = await taken(
    client,
    names,
    `c.contype = 'f' and (c.conrelid = any($1::regclass[])
    or c.confrelid = any($1::regclass[]))`,
  );
  const own = await taken(
    client,
    names,
    `c.contype in ('p', 'u', 'x') and c.conrelid = any($1::regclass[])`,
  );
  const { rows: indexes } = await client.query(
    `select i.indrelid::regclass::text as table, format('drop index %s', i.indexrelid::regclass) as drop,
      pg_get_indexdef(i.indexrelid) as make
    from pg_index i where i.indrelid = any($1::regclass[])
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))`,
    [names],
  );
  const all: Taken[] = [...keys, ...own, ...(indexes as Taken[])];
  for (const { drop } of all) await client.query(drop);
  return async () => {
    for (const { make } of [...own, ...(indexes as Taken[]), ...keys]) {
      await client.query(make);
    }
  };
}

async function taken(client: pg.ClientBase, names: string[], which: string): Promise<Taken[]> {
  const { rows } = await client.query(
    `select c.conrelid::regclass::text as table,
      format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
      format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname,
        pg_get_constraintdef(c.oid)) as make
    from pg_constraint c where ${which} and c.conparentid = 0 order by c.conname`,
    [names],
  );
  return rows as Taken[];
}
