-- A bank's own system: its client id, the hash of its secret, what it may do. What it does it does as an
-- account of its own, so the record names it like anybody else; nobody can sign in as that account.
create table bank_clients (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  bank_id text not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  -- SHA-256 of its TLS certificate, base64url (RFC 8705, x5t#S256); absent where the secret is enough.
  certificate text,
  recorded_at timestamptz not null,
  revoked_at timestamptz,
  primary key (province_id, id),
  constraint bank_clients_account_once unique (province_id, account_id),
  constraint bank_clients_scopes_given check (cardinality(scopes) > 0),
  constraint bank_clients_certificate_shape check (certificate ~ '^[A-Za-z0-9_-]{43}$')
);
create index bank_clients_bank on bank_clients (bank_id);

-- Tokens are held as hashes; one of a client with a certificate is worth something with that certificate only.
create table client_tokens (
  province_id integer not null,
  id uuid not null,
  client_id uuid not null,
  token_hash bytea not null,
  scopes text[] not null,
  certificate text,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (province_id, id),
  constraint client_tokens_token_once unique (province_id, token_hash)
);
create index client_tokens_client on client_tokens (province_id, client_id);

-- Where a bank wants to be told, and the secret that signs what it is told.
create table bank_webhooks (
  province_id integer not null,
  bank_id text not null,
  url text not null,
  secret bytea not null,
  account_id uuid not null,
  recorded_at timestamptz not null,
  primary key (province_id, bank_id),
  constraint bank_webhooks_secret_length check (octet_length(secret) between 24 and 64)
);
create index bank_webhooks_bank on bank_webhooks (bank_id);
create index bank_webhooks_account on bank_webhooks (province_id, account_id);

-- What a bank is told of, each once for a step of the record; how its delivery goes.
create table bank_events (
  province_id integer not null,
  id uuid not null,
  bank_id text not null,
  plan_id uuid not null,
  step_id uuid not null,
  event text not null,
  recorded_at timestamptz not null,
  tries integer not null default 0,
  last_fault text,
  next_try_at timestamptz,
  delivered_at timestamptz,
  given_up_at timestamptz,
  primary key (province_id, id),
  constraint bank_events_step_once unique (province_id, step_id),
  constraint bank_events_event_known check (event in ('plan.referred', 'plan.withdrawn',
    'plan.taken_back', 'permit.suspended', 'permit.reinstated', 'permit.revoked', 'permit.ended')),
  constraint bank_events_one_end check (delivered_at is null or given_up_at is null)
);
create index bank_events_bank on bank_events (bank_id);
create index bank_events_plan on bank_events (province_id, plan_id);
create index bank_events_given_up on bank_events (province_id, given_up_at)
  where given_up_at is not null;

-- A borrower who is asked whether a payment came, and what they said; a no or another sum is an enquiry
-- until the directorate closes it with a reason.
create table payment_asks (
  province_id integer not null,
  tranche_id uuid not null,
  plan_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  -- The share of payments that was asked about on the day, in basis points.
  share_bp integer not null,
  asked_at timestamptz not null,
  answer text,
  answered_rial bigint,
  answered_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  closed_reason text,
  primary key (province_id, tranche_id),
  constraint payment_asks_share_bounded check (share_bp between 1 and 10000),
  constraint payment_asks_answer_known check (answer in ('came', 'not_came', 'other_sum')),
  constraint payment_asks_answer_whole check ((answer is null) = (answered_at is null)),
  constraint payment_asks_sum_of_another check ((answered_rial is not null) = (answer is not distinct
    from 'other_sum') and answered_rial >= 0),
  constraint payment_asks_closed_with_reason check ((closed_at is null) = (closed_reason is null)
    and (closed_at is null or answer in ('not_came', 'other_sum')))
);
create index payment_asks_plan on payment_asks (province_id, plan_id);
create index payment_asks_case on payment_asks (province_id, case_id);
create index payment_asks_person on payment_asks (province_id, person_id);
create index payment_asks_closed_by on payment_asks (province_id, closed_by)
  where closed_by is not null;
create index payment_asks_open on payment_asks (province_id, answered_at)
  where answer in ('not_came', 'other_sum') and closed_at is null;

-- When a plan was last changed: what a bank's system has not seen yet.
alter table plans add column changed_at timestamptz;
update plans p set changed_at = coalesce((select max(h.recorded_at) from history h
    where h.province_id = p.province_id and h.case_id = p.case_id
      and h.facts ->> 'plan' = p.id::text), p.referred_on::timestamptz);
alter table plans alter column changed_at set not null;
create index plans_changed on plans (province_id, bank_id, changed_at, id);

alter table bank_clients
  add constraint bank_clients_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint bank_clients_bank_known foreign key (bank_id) references organisations (id);
alter table client_tokens
  add constraint client_tokens_client_known
    foreign key (province_id, client_id) references bank_clients (province_id, id);
alter table bank_webhooks
  add constraint bank_webhooks_bank_known foreign key (bank_id) references organisations (id),
  add constraint bank_webhooks_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table bank_events
  add constraint bank_events_bank_known foreign key (bank_id) references organisations (id),
  add constraint bank_events_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint bank_events_step_known
    foreign key (province_id, step_id) references history (province_id, id);
alter table payment_asks
  add constraint payment_asks_tranche_known
    foreign key (province_id, tranche_id) references tranches (province_id, id),
  add constraint payment_asks_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint payment_asks_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint payment_asks_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint payment_asks_closed_by_known
    foreign key (province_id, closed_by) references accounts (province_id, id);

grant select, insert on bank_clients to karkhaneh_province;
grant update (revoked_at) on bank_clients to karkhaneh_province;
grant select, insert, delete on client_tokens to karkhaneh_province;
grant select, insert, update, delete on bank_webhooks to karkhaneh_province, karkhaneh_organisation;
grant select, insert on bank_events to karkhaneh_province, karkhaneh_organisation;
grant update (tries, last_fault, next_try_at, delivered_at, given_up_at) on bank_events
  to karkhaneh_province;
grant select, insert on payment_asks to karkhaneh_province, karkhaneh_organisation;
grant select on payment_asks to karkhaneh_person;
grant update (answer, answered_rial, answered_at) on payment_asks to karkhaneh_person;
grant update (closed_at, closed_by, closed_reason) on payment_asks to karkhaneh_province;
grant select on payment_asks to karkhaneh_country;

alter table bank_clients enable row level security;
create policy bank_clients_province on bank_clients to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table client_tokens enable row level security;
create policy client_tokens_province on client_tokens to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table bank_webhooks enable row level security;
create policy bank_webhooks_province on bank_webhooks to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy bank_webhooks_organisation on bank_webhooks to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);
alter table bank_events enable row level security;
create policy bank_events_province on bank_events to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy bank_events_organisation on bank_events to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);
-- A bank's payment asks the borrower; what they said is between them and the directorate.
alter table payment_asks enable row level security;
create policy payment_asks_country on payment_asks for select to karkhaneh_country using (true);
create policy payment_asks_province on payment_asks to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy payment_asks_organisation on payment_asks for insert to karkhaneh_organisation
  with check (province_id = nullif(current_setting('app.province', true), '')::integer);
create policy payment_asks_person on payment_asks to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

-- Whose a token is has to be known before the transaction whose row security depends on the answer, as
-- with find_session.
create function find_client_token(province integer, token bytea, at timestamptz)
returns table (token_id uuid, account_id uuid, organisation_id text, scopes text[], certificate text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, c.account_id, c.bank_id, t.scopes, t.certificate
  from client_tokens t join bank_clients c on c.province_id = t.province_id and c.id = t.client_id
  where t.province_id = province and c.province_id = province and t.token_hash = token
    and t.expires_at > at and c.revoked_at is null
$$;
revoke all on function find_client_token(integer, bytea, timestamptz) from public;
grant execute on function find_client_token(integer, bytea, timestamptz) to karkhaneh_app;
