-- Orders of a stall. The buyer may live in another province, so an order carries them by number and no key;
-- money is held for the maker until the goods are there. What counts is a step in the record of the
-- stall's case; every step of an order itself is a row of order_steps.
create table orders (
  province_id integer not null,
  id uuid not null,
  stall_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  buyer_province_id integer not null,
  buyer_id uuid not null,
  buyer_name text not null,
  buyer_mobile text not null,
  to_province_id integer not null,
  address text not null,
  postal_code text,
  note text not null,
  pays text not null,
  state text not null,
  state_at timestamptz not null,
  goods_rial bigint not null,
  -- The commission of the day on which it was ordered.
  commission_bp integer not null,
  returned_rial bigint not null default 0,
  return_reason text,
  -- Until when the goods are kept for a payment on its way.
  pay_until_at timestamptz,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint orders_pays_known check (pays in ('online', 'on_delivery')),
  constraint orders_state_known check (state in ('unpaid', 'placed', 'accepted', 'sent', 'delivered',
    'return_asked', 'returned', 'cancelled')),
  constraint orders_goods_positive check (goods_rial > 0),
  constraint orders_commission_bounded check (commission_bp between 0 and 5000),
  constraint orders_returned_bounded check (returned_rial between 0 and goods_rial),
  constraint orders_unpaid_online check (state <> 'unpaid' or (pays = 'online' and pay_until_at is not null))
);
create index orders_stall on orders (province_id, stall_id, state_at);
create index orders_case on orders (province_id, case_id);
create index orders_person on orders (province_id, person_id);
create index orders_buyer on orders (buyer_id, recorded_at);
create index orders_unpaid on orders (province_id, pay_until_at) where state = 'unpaid';

-- What was ordered, frozen as it was offered.
create table order_lines (
  province_id integer not null,
  order_id uuid not null,
  place integer not null,
  product_id uuid,
  title text not null,
  unit text not null,
  each_rial bigint not null,
  quantity integer not null,
  return_asked integer not null default 0,
  returned integer not null default 0,
  primary key (province_id, order_id, place),
  constraint order_lines_of_some check (quantity > 0 and each_rial > 0),
  constraint order_lines_returned_bounded check (returned >= 0 and return_asked >= 0
    and returned + return_asked <= quantity)
);
create index order_lines_product on order_lines (province_id, product_id);

create table order_steps (
  province_id integer not null,
  id uuid not null,
  order_id uuid not null,
  verb text not null,
  from_state text,
  to_state text not null,
  party text not null,
  actor_id uuid,
  note text,
  recorded_at timestamptz not null,
  op_id uuid not null,
  primary key (province_id, id),
  constraint order_steps_party_known check (party in ('buyer', 'maker', 'office', 'gateway', 'clock'))
);
create index order_steps_order on order_steps (province_id, order_id);

-- A delivered order, by the step of the record that says so.
create table sales (
  province_id integer not null,
  order_id uuid not null,
  step_id uuid not null,
  stall_id uuid not null,
  rial bigint not null,
  delivered_on date not null,
  primary key (province_id, order_id),
  constraint sales_of_something check (rial > 0)
);
create index sales_step on sales (province_id, step_id);
create index sales_stall on sales (province_id, stall_id);

-- A rating hangs on a sale: what was not delivered cannot be rated.
create table ratings (
  province_id integer not null,
  order_id uuid not null,
  stall_id uuid not null,
  stars integer not null,
  said text not null,
  recorded_at timestamptz not null,
  primary key (province_id, order_id),
  constraint ratings_stars_bounded check (stars between 1 and 5)
);
create index ratings_stall on ratings (province_id, stall_id);

create table order_messages (
  province_id integer not null,
  id uuid not null,
  order_id uuid not null,
  party text not null,
  said text not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint order_messages_party_known check (party in ('buyer', 'maker', 'office'))
);
create index order_messages_order on order_messages (province_id, order_id);

create table complaints (
  province_id integer not null,
  id uuid not null,
  order_id uuid not null,
  said text not null,
  recorded_at timestamptz not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (province_id, id),
  constraint complaints_answered_by_somebody check (
    (answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create unique index complaints_one_open on complaints (province_id, order_id) where answered_at is null;
create index complaints_order on complaints (province_id, order_id);
create index complaints_answerer on complaints (province_id, answered_by);

-- A payment through the gateway. One that lives for each order; what the gateway said is asked of it again,
-- never taken from a browser.
create table order_payments (
  province_id integer not null,
  id uuid not null,
  order_id uuid not null,
  rial bigint not null,
  state text not null,
  authority text,
  address text,
  reference text,
  refund_rial bigint not null default 0,
  asked_at timestamptz not null,
  settled_at timestamptz,
  primary key (province_id, id),
  constraint order_payments_state_known check (state in ('asked', 'ready', 'paid', 'failed', 'refunding',
    'refunded')),
  constraint order_payments_positive check (rial > 0 and refund_rial between 0 and rial),
  constraint order_payments_known_at_gateway check (state in ('asked', 'failed') or authority is not null),
  constraint order_payments_referred check (state not in ('paid', 'refunding', 'refunded')
    or reference is not null),
  constraint order_payments_refund_of_some check (state not in ('refunding', 'refunded') or refund_rial > 0)
);
create unique index order_payments_one_alive on order_payments (province_id, order_id)
  where state <> 'failed';
create unique index order_payments_authority_once on order_payments (province_id, authority);
create index order_payments_order on order_payments (province_id, order_id);

-- What was paid out to makers.
create table payouts (
  province_id integer not null,
  id uuid not null,
  stall_id uuid not null,
  amount_rial bigint not null,
  bank_reference text not null,
  paid_on date not null,
  account_id uuid not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint payouts_positive check (amount_rial > 0),
  constraint payouts_reference_once unique (province_id, bank_reference)
);
create index payouts_stall on payouts (province_id, stall_id);
create index payouts_account on payouts (province_id, account_id);

-- The market's ledger: an amount taken from one account (credit) to another (debit). Never edited.
create table market_transfers (
  province_id integer not null,
  id uuid not null,
  stall_id uuid not null,
  order_id uuid,
  payout_id uuid,
  kind text not null,
  debit_account text not null,
  credit_account text not null,
  amount_rial bigint not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  op_id uuid not null,
  primary key (province_id, id),
  constraint market_transfers_positive check (amount_rial > 0),
  constraint market_transfers_between_two check (debit_account <> credit_account),
  constraint market_transfers_accounts_known check (
    debit_account in ('gateway', 'held', 'maker', 'cash', 'commission', 'bank')
    and credit_account in ('gateway', 'held', 'maker', 'cash', 'commission', 'bank')),
  constraint market_transfers_of_one check ((order_id is null) <> (payout_id is null))
);
create index market_transfers_stall on market_transfers (province_id, stall_id, happened_on);
create index market_transfers_order on market_transfers (province_id, order_id);
create index market_transfers_payout on market_transfers (province_id, payout_id);

alter table orders
  add constraint orders_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id),
  add constraint orders_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint orders_person_known
    foreign key (province_id, person_id) references people (province_id, id);
alter table order_lines
  add constraint order_lines_order_known
    foreign key (province_id, order_id) references orders (province_id, id),
  add constraint order_lines_product_known
    foreign key (province_id, product_id) references products (province_id, id);
alter table order_steps
  add constraint order_steps_order_known
    foreign key (province_id, order_id) references orders (province_id, id);
alter table sales
  add constraint sales_order_known
    foreign key (province_id, order_id) references orders (province_id, id),
  add constraint sales_step_known
    foreign key (province_id, step_id) references history (province_id, id),
  add constraint sales_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id);
alter table ratings
  add constraint ratings_of_a_sale
    foreign key (province_id, order_id) references sales (province_id, order_id),
  add constraint ratings_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id);
alter table order_messages
  add constraint order_messages_order_known
    foreign key (province_id, order_id) references orders (province_id, id);
alter table complaints
  add constraint complaints_order_known
    foreign key (province_id, order_id) references orders (province_id, id),
  add constraint complaints_answerer_known
    foreign key (province_id, answered_by) references accounts (province_id, id);
alter table order_payments
  add constraint order_payments_order_known
    foreign key (province_id, order_id) references orders (province_id, id);
alter table payouts
  add constraint payouts_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id),
  add constraint payouts_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table market_transfers
  add constraint market_transfers_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id),
  add constraint market_transfers_order_known
    foreign key (province_id, order_id) references orders (province_id, id),
  add constraint market_transfers_payout_known
    foreign key (province_id, payout_id) references payouts (province_id, id);

-- A buyer of another province acts in a transaction of the stall's whole province, and is held to their own
-- orders by the rules; a maker's lists run as their own person. The country reads ratings and nothing of
-- who bought what, but for one door: a buyer's own orders, wherever they are.
grant select, insert on orders, order_lines, order_steps, sales, ratings, order_messages, complaints,
  order_payments, payouts, market_transfers to karkhaneh_province;
grant update (state, state_at, returned_rial, return_reason, pay_until_at) on orders to karkhaneh_province;
grant update (return_asked, returned) on order_lines to karkhaneh_province;
grant update (answer, answered_by, answered_at) on complaints to karkhaneh_province;
grant update (state, authority, address, reference, refund_rial, settled_at) on order_payments
  to karkhaneh_province;
grant select on orders, order_lines, market_transfers to karkhaneh_person;
grant select on orders, order_lines, ratings, sales, market_transfers, payouts to karkhaneh_country;

alter table orders enable row level security;
create policy orders_country on orders for select to karkhaneh_country using (true);
create policy orders_province on orders to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy orders_maker on orders for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table order_lines enable row level security;
create policy order_lines_country on order_lines for select to karkhaneh_country using (true);
create policy order_lines_province on order_lines to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy order_lines_maker on order_lines for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from orders o where o.province_id = order_lines.province_id
    and o.id = order_lines.order_id));

alter table market_transfers enable row level security;
create policy market_transfers_country on market_transfers for select to karkhaneh_country using (true);
create policy market_transfers_province on market_transfers to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy market_transfers_maker on market_transfers for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from stalls s where s.province_id = market_transfers.province_id
    and s.id = market_transfers.stall_id));

alter table ratings enable row level security;
create policy ratings_country on ratings for select to karkhaneh_country using (true);
create policy ratings_province on ratings to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table sales enable row level security;
create policy sales_country on sales for select to karkhaneh_country using (true);
create policy sales_province on sales to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table payouts enable row level security;
create policy payouts_country on payouts for select to karkhaneh_country using (true);
create policy payouts_province on payouts to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table order_steps enable row level security;
create policy order_steps_province on order_steps to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table order_messages enable row level security;
create policy order_messages_province on order_messages to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table complaints enable row level security;
create policy complaints_province on complaints to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table order_payments enable row level security;
create policy order_payments_province on order_payments to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
