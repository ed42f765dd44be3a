-- Supporters' ledgers: whom they cover and by which contract, the materials they send out, the goods they
-- take back, and what they owe for the work. Quantities are whole grains of a kind of measure (a milligram,
-- a thousandth of a millimetre, a square millimetre, a piece), so that no unit is ever rounded.
-- What happened is a row that is never edited, written with its step of the record (id = the step's id);
-- what stands is kept beside it in one row per holder, with CHECKs that must hold at every moment.

-- A supporter as such: one row for the case of a supporter's permit.
create table supporters (
  province_id integer not null,
  case_id uuid not null,
  person_id uuid not null,
  agency_id text not null,
  county_id integer not null,
  occupation_id text not null,
  firm_name text,
  legal_id text,
  state text not null,
  state_since date not null,
  -- What the agency found: how many people the orders of the last years carry, and the bounds of that day.
  capacity integer,
  capacity_facts jsonb,
  recorded_at timestamptz not null,
  primary key (province_id, case_id),
  constraint supporters_state_known check (state in ('applied', 'approved', 'in_default')),
  constraint supporters_firm_whole check ((firm_name is null) = (legal_id is null)),
  constraint supporters_capacity_when_approved check (state = 'applied' or capacity is not null),
  constraint supporters_capacity_positive check (capacity > 0)
);
create index supporters_person on supporters (province_id, person_id);
create index supporters_agency on supporters (province_id, agency_id, state);

-- What the supporter shows of earlier years: orders received and invoices written. A wrong one is struck out.
create table trade_records (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  number text not null,
  buyer text not null,
  amount_rial bigint not null,
  dated_on date not null,
  recorded_at timestamptz not null,
  struck_at timestamptz,
  primary key (province_id, id),
  constraint trade_records_kind_known check (kind in ('order', 'invoice')),
  constraint trade_records_amount_positive check (amount_rial > 0)
);
create unique index trade_records_number_once on trade_records (province_id, case_id, kind, number)
  where struck_at is null;
create index trade_records_case on trade_records (province_id, case_id);

-- A person named under a supporter. A person has one supporter at a time.
create table covers (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  own_case_id uuid,
  agency_id text not null,
  state text not null,
  state_since date not null,
  since date not null,
  -- The supporter that the person came from, when that one was in default.
  moved_from uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint covers_state_known check (state in ('named', 'covered', 'seeking', 'moved', 'ended'))
);
create unique index covers_person_once on covers (province_id, person_id)
  where state in ('named', 'covered', 'seeking');
create index covers_case on covers (province_id, case_id);
create index covers_person on covers (province_id, person_id);
create index covers_own_case on covers (province_id, own_case_id) where own_case_id is not null;
create index covers_moved_from on covers (province_id, moved_from) where moved_from is not null;

-- What the supporter sends out and takes back.
create table materials (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  name text not null,
  unit text not null,
  price_rial bigint not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint materials_name_once unique (province_id, case_id, name),
  constraint materials_price_not_negative check (price_rial >= 0)
);

create table work_products (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  name text not null,
  unit text not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint work_products_name_once unique (province_id, case_id, name)
);

-- What one unit of a product takes of a material, and what may be lost in the making.
create table recipe_lines (
  province_id integer not null,
  product_id uuid not null,
  material_id uuid not null,
  net_grains bigint not null,
  waste_grains bigint not null,
  primary key (province_id, product_id, material_id),
  constraint recipe_lines_net_positive check (net_grains > 0),
  constraint recipe_lines_waste_not_negative check (waste_grains >= 0)
);
create index recipe_lines_material on recipe_lines (province_id, material_id);

-- The three-party contract, by versions: supporter, covered person, agency.
create table contracts (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  cover_id uuid not null,
  version integer not null,
  from_on date not null,
  state text not null,
  pay_within_days integer not null,
  -- Kinds of deduction that were agreed, and the share of a month's earnings they may take together.
  deductions text[] not null,
  deduction_limit_bp integer not null,
  -- Digest of the terms: what the three put their names to.
  digest bytea not null,
  supporter_signed_at timestamptz not null,
  supporter_signed_by uuid,
  covered_signed_at timestamptz,
  covered_signed_by uuid,
  agency_signed_at timestamptz,
  agency_signed_by uuid,
  primary key (province_id, id),
  constraint contracts_version_once unique (province_id, cover_id, version),
  constraint contracts_state_known check (state in ('offered', 'accepted', 'in_force', 'declined')),
  constraint contracts_signed_by_three check (state <> 'in_force'
    or (covered_signed_at is not null and agency_signed_at is not null)),
  constraint contracts_accepted_first check (agency_signed_at is null or covered_signed_at is not null),
  constraint contracts_limit_a_share check (deduction_limit_bp between 0 and 10000),
  constraint contracts_pay_within_days_not_negative check (pay_within_days >= 0)
);
create unique index contracts_one_open on contracts (province_id, cover_id)
  where state in ('offered', 'accepted');
create index contracts_cover on contracts (province_id, cover_id);
create index contracts_case on contracts (province_id, case_id);
create index contracts_supporter_signer on contracts (province_id, supporter_signed_by);
create index contracts_covered_signer on contracts (province_id, covered_signed_by);
create index contracts_agency_signer on contracts (province_id, agency_signed_by);

-- The rate for one unit of a product, and how much of it the supporter promised to buy each month.
create table contract_lines (
  province_id integer not null,
  contract_id uuid not null,
  product_id uuid not null,
  rate_rial bigint not null,
  promised_grains bigint not null,
  primary key (province_id, contract_id, product_id),
  constraint contract_lines_rate_positive check (rate_rial > 0),
  constraint contract_lines_promised_not_negative check (promised_grains >= 0)
);
create index contract_lines_product on contract_lines (province_id, product_id);

-- The material law: one row for each person and material, true at every moment.
create table material_balances (
  province_id integer not null,
  cover_id uuid not null,
  material_id uuid not null,
  sent_grains bigint not null default 0,
  consumed_grains bigint not null default 0,
  returned_grains bigint not null default 0,
  scrap_grains bigint not null default 0,
  on_hand_grains bigint not null default 0,
  primary key (province_id, cover_id, material_id),
  constraint material_balances_law check (
    sent_grains = consumed_grains + returned_grains + scrap_grains + on_hand_grains),
  constraint material_balances_not_negative check (sent_grains >= 0 and consumed_grains >= 0
    and returned_grains >= 0 and scrap_grains >= 0 and on_hand_grains >= 0)
);
create index material_balances_material on material_balances (province_id, material_id);

create table material_movements (
  province_id integer not null,
  step_id uuid not null,
  material_id uuid not null,
  cover_id uuid not null,
  kind text not null,
  -- −1 takes an earlier movement back.
  sign smallint not null,
  grains bigint not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, step_id, material_id),
  constraint material_movements_kind_known check (kind in ('sent', 'consumed', 'returned', 'scrap')),
  constraint material_movements_sign check (sign in (1, -1)),
  constraint material_movements_grains_positive check (grains > 0)
);
create index material_movements_balance
  on material_movements (province_id, cover_id, material_id, happened_on);
create index material_movements_material on material_movements (province_id, material_id);

-- What the supporter asked a person to make.
create table work_orders (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  cover_id uuid not null,
  product_id uuid not null,
  ordered_grains bigint not null,
  received_grains bigint not null default 0,
  ordered_on date not null,
  due_on date not null,
  deliver_to text not null,
  -- The supporter's own number, by which a table that comes twice is known.
  number text,
  recorded_at timestamptz not null,
  cancelled_at timestamptz,
  primary key (province_id, id),
  constraint work_orders_ordered_positive check (ordered_grains > 0),
  constraint work_orders_received_not_negative check (received_grains >= 0),
  constraint work_orders_due_after_ordered check (due_on >= ordered_on)
);
create unique index work_orders_number_once on work_orders (province_id, case_id, number)
  where number is not null and cancelled_at is null;
create index work_orders_case on work_orders (province_id, case_id);
create index work_orders_cover on work_orders (province_id, cover_id);
create index work_orders_product on work_orders (province_id, product_id);

-- Goods that a person delivered.
create table goods_received (
  province_id integer not null,
  step_id uuid not null,
  case_id uuid not null,
  cover_id uuid not null,
  product_id uuid not null,
  order_id uuid,
  contract_id uuid not null,
  sign smallint not null,
  accepted_grains bigint not null,
  rejected_grains bigint not null,
  quality text not null,
  note text,
  number text,
  rate_rial bigint not null,
  earned_rial bigint not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, step_id),
  constraint goods_received_sign check (sign in (1, -1)),
  constraint goods_received_something check (accepted_grains >= 0 and rejected_grains >= 0
    and accepted_grains + rejected_grains > 0),
  constraint goods_received_quality_known check (quality in ('first', 'second', 'rejected')),
  constraint goods_received_earned_not_negative check (earned_rial >= 0)
);
create index goods_received_number on goods_received (province_id, case_id, number) where number is not null;
create index goods_received_cover on goods_received (province_id, cover_id, happened_on);
create index goods_received_product on goods_received (province_id, product_id);
create index goods_received_order on goods_received (province_id, order_id) where order_id is not null;
create index goods_received_contract on goods_received (province_id, contract_id);

-- A person's statement of one Jalali month (1401/03 is 140103), and what of it stands in the record.
create table pay_months (
  province_id integer not null,
  cover_id uuid not null,
  month integer not null,
  case_id uuid not null,
  due_on date not null,
  deduction_limit_bp integer not null,
  earned_rial bigint not null default 0,
  deducted_rial bigint not null default 0,
  paid_rial bigint not null default 0,
  stated_promised_rial bigint not null default 0,
  stated_due_rial bigint not null default 0,
  stated_late_rial bigint not null default 0,
  promised_step_id uuid,
  due_step_id uuid,
  late_step_id uuid,
  primary key (province_id, cover_id, month),
  constraint pay_months_month_known check (month between 120601 and 150112 and month % 100 between 1 and 12),
  constraint pay_months_not_negative check (earned_rial >= 0 and deducted_rial >= 0 and paid_rial >= 0),
  constraint pay_months_paid_within_due check (paid_rial <= earned_rial - deducted_rial),
  constraint pay_months_deductions_limited check (
    deducted_rial * 10000 <= earned_rial * deduction_limit_bp)
);
create index pay_months_case on pay_months (province_id, case_id, month);

create table pay_entries (
  province_id integer not null,
  step_id uuid not null,
  cover_id uuid not null,
  month integer not null,
  kind text not null,
  sign smallint not null,
  amount_rial bigint not null,
  -- Of a deduction its kind, of a payment its reference.
  label text not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, step_id),
  constraint pay_entries_kind_known check (kind in ('earned', 'deducted', 'paid')),
  constraint pay_entries_sign check (sign in (1, -1)),
  constraint pay_entries_amount_positive check (amount_rial > 0)
);
create index pay_entries_month on pay_entries (province_id, cover_id, month);

-- A payment that a covered person was asked about, and what they said.
create table pay_receipts (
  province_id integer not null,
  step_id uuid not null,
  cover_id uuid not null,
  person_id uuid not null,
  asked_at timestamptz not null,
  answer text,
  answered_rial bigint,
  answered_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  closed_reason text,
  primary key (province_id, step_id),
  constraint pay_receipts_answer_known check (answer in ('came', 'not_came', 'other_sum')),
  constraint pay_receipts_answered_whole check ((answer is null) = (answered_at is null)),
  constraint pay_receipts_other_sum_said check (
    (answer is not distinct from 'other_sum') = (answered_rial is not null)),
  constraint pay_receipts_closed_by_somebody check (
    (closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_reason is null))
);
create index pay_receipts_cover on pay_receipts (province_id, cover_id);
create index pay_receipts_person on pay_receipts (province_id, person_id);
create index pay_receipts_closer on pay_receipts (province_id, closed_by);

alter table supporters
  add constraint supporters_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint supporters_person_known foreign key (province_id, person_id) references people (province_id, id);
alter table trade_records
  add constraint trade_records_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id);
alter table covers
  add constraint covers_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id),
  add constraint covers_person_known foreign key (province_id, person_id) references people (province_id, id),
  add constraint covers_own_case_known foreign key (province_id, own_case_id) references cases (province_id, id),
  add constraint covers_moved_from_known foreign key (province_id, moved_from) references covers (province_id, id);
alter table materials
  add constraint materials_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id);
alter table work_products
  add constraint work_products_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id);
alter table recipe_lines
  add constraint recipe_lines_product_known foreign key (province_id, product_id) references work_products (province_id, id),
  add constraint recipe_lines_material_known
    foreign key (province_id, material_id) references materials (province_id, id);
alter table contracts
  add constraint contracts_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id),
  add constraint contracts_cover_known foreign key (province_id, cover_id) references covers (province_id, id),
  add constraint contracts_supporter_signer_known
    foreign key (province_id, supporter_signed_by) references accounts (province_id, id),
  add constraint contracts_covered_signer_known
    foreign key (province_id, covered_signed_by) references accounts (province_id, id),
  add constraint contracts_agency_signer_known
    foreign key (province_id, agency_signed_by) references accounts (province_id, id);
alter table contract_lines
  add constraint contract_lines_contract_known
    foreign key (province_id, contract_id) references contracts (province_id, id),
  add constraint contract_lines_product_known
    foreign key (province_id, product_id) references work_products (province_id, id);
alter table material_balances
  add constraint material_balances_cover_known foreign key (province_id, cover_id) references covers (province_id, id),
  add constraint material_balances_material_known
    foreign key (province_id, material_id) references materials (province_id, id);
alter table material_movements
  add constraint material_movements_step_known foreign key (province_id, step_id) references history (province_id, id),
  add constraint material_movements_balance_known foreign key (province_id, cover_id, material_id)
    references material_balances (province_id, cover_id, material_id);
alter table work_orders
  add constraint work_orders_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id),
  add constraint work_orders_cover_known foreign key (province_id, cover_id) references covers (province_id, id),
  add constraint work_orders_product_known foreign key (province_id, product_id) references work_products (province_id, id);
alter table goods_received
  add constraint goods_received_step_known foreign key (province_id, step_id) references history (province_id, id),
  add constraint goods_received_cover_known foreign key (province_id, cover_id) references covers (province_id, id),
  add constraint goods_received_product_known foreign key (province_id, product_id) references work_products (province_id, id),
  add constraint goods_received_order_known foreign key (province_id, order_id) references work_orders (province_id, id),
  add constraint goods_received_contract_known
    foreign key (province_id, contract_id) references contracts (province_id, id);
alter table pay_months
  add constraint pay_months_cover_known foreign key (province_id, cover_id) references covers (province_id, id),
  add constraint pay_months_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id);
alter table pay_entries
  add constraint pay_entries_step_known foreign key (province_id, step_id) references history (province_id, id),
  add constraint pay_entries_month_known
    foreign key (province_id, cover_id, month) references pay_months (province_id, cover_id, month);
alter table pay_receipts
  add constraint pay_receipts_entry_known
    foreign key (province_id, step_id) references pay_entries (province_id, step_id),
  add constraint pay_receipts_cover_known foreign key (province_id, cover_id) references covers (province_id, id),
  add constraint pay_receipts_person_known foreign key (province_id, person_id) references people (province_id, id),
  add constraint pay_receipts_closer_known foreign key (province_id, closed_by) references accounts (province_id, id);

-- What happened is added and never edited; what is kept beside it changes only where it may.
grant select, insert on supporters, trade_records, covers, materials, work_products, recipe_lines, contracts,
  contract_lines, material_balances, material_movements, work_orders, goods_received, pay_months, pay_entries,
  pay_receipts to karkhaneh_province;
grant update (state, state_since, capacity, capacity_facts, firm_name, legal_id) on supporters to karkhaneh_province;
grant update (struck_at) on trade_records to karkhaneh_province;
grant update (state, state_since, own_case_id) on covers to karkhaneh_province;
grant update (price_rial) on materials to karkhaneh_province;
grant update (state, covered_signed_at, covered_signed_by, agency_signed_at, agency_signed_by)
  on contracts to karkhaneh_province;
grant update (sent_grains, consumed_grains, returned_grains, scrap_grains, on_hand_grains)
  on material_balances to karkhaneh_province;
grant update (received_grains, cancelled_at) on work_orders to karkhaneh_province;
grant update (earned_rial, deducted_rial, paid_rial, stated_promised_rial, stated_due_rial,
  stated_late_rial, promised_step_id, due_step_id, late_step_id)
  on pay_months to karkhaneh_province;
grant update (answer, answered_rial, answered_at, closed_at, closed_by, closed_reason)
  on pay_receipts to karkhaneh_province;
grant select on supporters, trade_records, covers, materials, work_products, recipe_lines, contracts, contract_lines,
  material_balances, material_movements, work_orders, goods_received, pay_months, pay_entries, pay_receipts
  to karkhaneh_country;
-- Supporter, covered person and agency come to these through a supporter or a cover that the rules have shown
-- to be theirs: each row is about two people at once.

alter table supporters enable row level security;
create policy supporters_country on supporters for select to karkhaneh_country using (true);
create policy supporters_province on supporters to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table trade_records enable row level security;
create policy trade_records_country on trade_records for select to karkhaneh_country using (true);
create policy trade_records_province on trade_records to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table covers enable row level security;
create policy covers_country on covers for select to karkhaneh_country using (true);
create policy covers_province on covers to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table materials enable row level security;
create policy materials_country on materials for select to karkhaneh_country using (true);
create policy materials_province on materials to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table work_products enable row level security;
create policy work_products_country on work_products for select to karkhaneh_country using (true);
create policy work_products_province on work_products to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table recipe_lines enable row level security;
create policy recipe_lines_country on recipe_lines for select to karkhaneh_country using (true);
create policy recipe_lines_province on recipe_lines to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table contracts enable row level security;
create policy contracts_country on contracts for select to karkhaneh_country using (true);
create policy contracts_province on contracts to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table contract_lines enable row level security;
create policy contract_lines_country on contract_lines for select to karkhaneh_country using (true);
create policy contract_lines_province on contract_lines to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table material_balances enable row level security;
create policy material_balances_country on material_balances for select to karkhaneh_country using (true);
create policy material_balances_province on material_balances to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table material_movements enable row level security;
create policy material_movements_country on material_movements for select to karkhaneh_country using (true);
create policy material_movements_province on material_movements to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table work_orders enable row level security;
create policy work_orders_country on work_orders for select to karkhaneh_country using (true);
create policy work_orders_province on work_orders to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table goods_received enable row level security;
create policy goods_received_country on goods_received for select to karkhaneh_country using (true);
create policy goods_received_province on goods_received to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table pay_months enable row level security;
create policy pay_months_country on pay_months for select to karkhaneh_country using (true);
create policy pay_months_province on pay_months to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table pay_entries enable row level security;
create policy pay_entries_country on pay_entries for select to karkhaneh_country using (true);
create policy pay_entries_province on pay_entries to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table pay_receipts enable row level security;
create policy pay_receipts_country on pay_receipts for select to karkhaneh_country using (true);
create policy pay_receipts_province on pay_receipts to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
