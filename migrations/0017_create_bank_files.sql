-- A batch of payment orders as it went to a bank: one message, one control sum. Never edited.
create table order_batches (
  province_id integer not null,
  id uuid not null,
  bank_id text not null,
  sent_on date not null,
  orders integer not null,
  control_rial bigint not null,
  account_id uuid,
  recorded_at timestamptz not null,
  op_id uuid not null,
  primary key (province_id, id),
  constraint order_batches_not_empty check (orders > 0 and control_rial > 0)
);
create index order_batches_bank on order_batches (province_id, bank_id, sent_on);
create index order_batches_bank_id on order_batches (bank_id);
create index order_batches_account on order_batches (province_id, account_id);

-- An order to pay a part of a plan. What was ordered is for ever; what became of it is in three columns:
-- amount = confirmed + returned + what is still pending.
create table payment_orders (
  province_id integer not null,
  id uuid not null,
  batch_id uuid not null,
  plan_id uuid not null,
  case_id uuid not null,
  bank_id text not null,
  agency_id text not null,
  -- Our end-to-end reference; it comes back in the bank's files.
  reference text not null,
  amount_rial bigint not null,
  creditor_name text not null,
  -- Null where the borrower's account is not known: the order says so, and the bank's branch fills it in.
  iban text,
  sent_on date not null,
  state text not null default 'pending',
  state_since date not null,
  confirmed_rial bigint not null default 0,
  returned_rial bigint not null default 0,
  primary key (province_id, id),
  constraint payment_orders_reference_once unique (province_id, reference),
  constraint payment_orders_amount_positive check (amount_rial > 0),
  constraint payment_orders_state_known check (state in ('pending', 'confirmed', 'returned')),
  constraint payment_orders_within_amount check (confirmed_rial >= 0 and returned_rial >= 0
    and confirmed_rial + returned_rial <= amount_rial),
  constraint payment_orders_ended_in_full check (state = 'pending'
    or confirmed_rial + returned_rial = amount_rial)
);
create unique index payment_orders_one_pending on payment_orders (province_id, plan_id)
  where state = 'pending';
create index payment_orders_plan on payment_orders (province_id, plan_id);
create index payment_orders_case on payment_orders (province_id, case_id);
create index payment_orders_batch on payment_orders (province_id, batch_id);
-- Those that a line of a bank's file without our reference could mean: the newest of its sum, and those of its IBAN.
create index payment_orders_sum on payment_orders (province_id, bank_id, amount_rial, sent_on, id)
  where state = 'pending';
create index payment_orders_iban on payment_orders (province_id, bank_id, iban, amount_rial)
  where state = 'pending' and iban is not null;
create index payment_orders_day on payment_orders (province_id, bank_id, sent_on);
create index payment_orders_bank_id on payment_orders (bank_id);
create index payment_orders_agency_id on payment_orders (agency_id);

-- A file that came from a bank. One that could not be read keeps its reason and frees its place.
create table bank_files (
  province_id integer not null,
  id uuid not null,
  bank_id text not null,
  kind text,
  message_id text,
  sha256 text not null,
  file_name text not null,
  file_key text not null,
  state text not null default 'waiting',
  lines integer not null default 0,
  control_rial bigint not null default 0,
  problem jsonb,
  account_id uuid,
  received_at timestamptz not null,
  read_at timestamptz,
  op_id uuid not null,
  primary key (province_id, id),
  constraint bank_files_bank_of_id unique (province_id, bank_id, id),
  constraint bank_files_kind_known check (kind in ('pain.002', 'camt.053', 'camt.054', 'plain')),
  constraint bank_files_state_known check (state in ('waiting', 'read', 'refused')),
  constraint bank_files_refused_with_reason check ((state = 'refused') = (problem is not null)),
  constraint bank_files_not_negative check (lines >= 0 and control_rial >= 0)
);
create unique index bank_files_bytes_once on bank_files (province_id, bank_id, sha256)
  where state <> 'refused';
create unique index bank_files_message_once on bank_files (province_id, bank_id, kind, message_id)
  where state = 'read';
create index bank_files_recent on bank_files (province_id, received_at);
create index bank_files_bank_id on bank_files (bank_id);
create index bank_files_account on bank_files (province_id, account_id);

-- What a bank's file says, line by line. What was read is never edited; the verdict is given once by the
-- rules, and by a person where the rules leave it open.
create table bank_file_lines (
  province_id integer not null,
  bank_id text not null,
  file_id uuid not null,
  line integer not null,
  kind text not null,
  reference text not null default '',
  -- Null where the bank named no amount.
  amount_rial bigint,
  booked_on date,
  bank_reference text not null default '',
  iban text,
  note text not null default '',
  order_id uuid,
  candidates uuid[] not null default '{}',
  verdict text not null,
  why text,
  -- What the line did: a payment booked, one taken back, nothing more than what was known.
  effect text,
  -- The day of the payment that it booked or took back: the day of the ledger that it belongs to.
  ledger_on date,
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  primary key (province_id, bank_id, file_id, line),
  constraint bank_file_lines_kind_known check (kind in ('paid', 'returned', 'pending')),
  constraint bank_file_lines_amount_positive check (amount_rial > 0),
  constraint bank_file_lines_verdict_known check (verdict in ('matched', 'waiting', 'decided', 'refused')),
  constraint bank_file_lines_why_it_waits check (verdict in ('matched', 'decided') or why is not null),
  constraint bank_file_lines_effect_known check (effect in ('paid', 'returned', 'noted', 'set_aside')),
  constraint bank_file_lines_decided_with_reason check (
    (verdict = 'decided') = (reason is not null and decided_at is not null))
);
create index bank_file_lines_order on bank_file_lines (province_id, order_id) where order_id is not null;
create index bank_file_lines_account on bank_file_lines (province_id, decided_by)
  where decided_by is not null;
create index bank_file_lines_open on bank_file_lines (province_id, bank_id, file_id, line)
  where verdict = 'waiting';
create index bank_file_lines_day on bank_file_lines (province_id, bank_id, booked_on);

alter table order_batches
  add constraint order_batches_bank_known foreign key (bank_id) references organisations (id),
  add constraint order_batches_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table payment_orders
  add constraint payment_orders_batch_known
    foreign key (province_id, batch_id) references order_batches (province_id, id),
  add constraint payment_orders_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint payment_orders_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint payment_orders_bank_known foreign key (bank_id) references organisations (id),
  add constraint payment_orders_agency_known foreign key (agency_id) references organisations (id);
alter table bank_files
  add constraint bank_files_bank_known foreign key (bank_id) references organisations (id),
  add constraint bank_files_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table bank_file_lines
  add constraint bank_file_lines_file_known
    foreign key (province_id, bank_id, file_id) references bank_files (province_id, bank_id, id),
  add constraint bank_file_lines_order_known
    foreign key (province_id, order_id) references payment_orders (province_id, id),
  add constraint bank_file_lines_account_known
    foreign key (province_id, decided_by) references accounts (province_id, id);

-- Nothing of what was sent or received is edited: only what became of it.
grant select, insert on order_batches, payment_orders, bank_files, bank_file_lines
  to karkhaneh_province;
grant update (state, state_since, confirmed_rial, returned_rial) on payment_orders
  to karkhaneh_province;
grant update (kind, message_id, state, lines, control_rial, problem, read_at) on bank_files
  to karkhaneh_province;
grant update (order_id, candidates, verdict, why, effect, ledger_on, reason, decided_by, decided_at)
  on bank_file_lines to karkhaneh_province;
grant select on order_batches, payment_orders, bank_file_lines to karkhaneh_organisation;
grant select, insert on bank_files to karkhaneh_organisation;
grant select on order_batches, payment_orders, bank_files, bank_file_lines to karkhaneh_country;

alter table order_batches enable row level security;
create policy order_batches_country on order_batches for select to karkhaneh_country using (true);
create policy order_batches_province on order_batches to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy order_batches_organisation on order_batches for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);

alter table payment_orders enable row level security;
create policy payment_orders_country on payment_orders for select to karkhaneh_country using (true);
create policy payment_orders_province on payment_orders to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy payment_orders_organisation on payment_orders for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);

alter table bank_files enable row level security;
create policy bank_files_country on bank_files for select to karkhaneh_country using (true);
create policy bank_files_province on bank_files to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy bank_files_organisation on bank_files to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);

alter table bank_file_lines enable row level security;
create policy bank_file_lines_country on bank_file_lines for select to karkhaneh_country using (true);
create policy bank_file_lines_province on bank_file_lines to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy bank_file_lines_organisation on bank_file_lines for select to karkhaneh_organisation
  using (province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);
