-- A session that has shown a password alone may do nothing yet but show the second factor ('code'), or, where
-- the role asks for one and there is none yet, set one up ('enrol').
alter table sessions
  add column stage text not null default 'whole',
  add column factors text[] not null default '{}',
  add column wrong_codes integer not null default 0;
alter table sessions
  add constraint sessions_stage_known check (stage in ('whole', 'code', 'enrol'));

-- What somebody has beside the password: an app that makes codes, or a passkey. A code's secret is sealed
-- with the house's key; a passkey's is public.
create table sign_in_factors (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  name text not null,
  sealed_secret bytea,
  credential_id text,
  public_key bytea,
  -- The newest code's place in time, or the passkey's own count: neither goes back.
  used_count integer not null default 0,
  transports text[] not null default '{}',
  recorded_at timestamptz not null,
  confirmed_at timestamptz,
  used_at timestamptz,
  ended_at timestamptz,
  primary key (province_id, id),
  constraint sign_in_factors_kind_known check (kind in ('totp', 'passkey')),
  constraint sign_in_factors_secret_of_kind check ((kind = 'totp') = (sealed_secret is not null)
    and (kind = 'passkey') = (credential_id is not null and public_key is not null)),
  constraint sign_in_factors_credential_once unique (province_id, credential_id)
);
create index sign_in_factors_account on sign_in_factors (province_id, account_id);

-- For the day on which phone and key are lost: eighty random bits each, held under the house's key, good once.
create table recovery_codes (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  code_mac bytea not null,
  recorded_at timestamptz not null,
  used_at timestamptz,
  primary key (province_id, id)
);
create index recovery_codes_account on recovery_codes (province_id, account_id);

-- What a passkey is asked to sign: good once, for five minutes.
create table passkey_challenges (
  province_id integer not null,
  id uuid not null,
  challenge_hash bytea not null,
  -- Whose new passkey it is for; absent when somebody signs in.
  account_id uuid,
  expires_at timestamptz not null,
  primary key (province_id, id),
  constraint passkey_challenges_hash_once unique (province_id, challenge_hash)
);
create index passkey_challenges_account on passkey_challenges (province_id, account_id)
  where account_id is not null;

-- How often a name, a device or an address has been tried of late. A name may be nobody's, so the rows are of
-- no province (0); keys are hashes.
create table sign_in_tries (
  province_id integer not null,
  key bytea not null,
  tries integer not null,
  began_at timestamptz not null,
  primary key (province_id, key)
);
create index sign_in_tries_began on sign_in_tries (province_id, began_at);

alter table sign_in_factors
  add constraint sign_in_factors_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table recovery_codes
  add constraint recovery_codes_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table passkey_challenges
  add constraint passkey_challenges_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);

grant select, insert on sign_in_factors to karkhaneh_province;
grant update (used_count, confirmed_at, used_at, ended_at, sealed_secret) on sign_in_factors
  to karkhaneh_province;
grant select, insert, delete on recovery_codes, passkey_challenges to karkhaneh_province;
grant update (used_at) on recovery_codes to karkhaneh_province;
grant select, insert, update, delete on sign_in_tries to karkhaneh_province;

alter table sign_in_factors enable row level security;
create policy sign_in_factors_province on sign_in_factors to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table recovery_codes enable row level security;
create policy recovery_codes_province on recovery_codes to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table passkey_challenges enable row level security;
create policy passkey_challenges_province on passkey_challenges to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table sign_in_tries enable row level security;
create policy sign_in_tries_province on sign_in_tries to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

-- The door through which a browser's token is recognised says how far its owner has come.
drop function find_session(integer, bytea, timestamptz);
create function find_session(province integer, token bytea, at timestamptz)
returns table (session_id uuid, account_id uuid, role text, organisation_id text, person_id uuid,
  stage text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, a.id, a.role, a.organisation_id, a.person_id, s.stage
  from sessions s join accounts a on a.province_id = s.province_id and a.id = s.account_id
  where s.province_id = province and a.province_id = province and s.token_hash = token
    and s.ended_at is null and s.expires_at > at and a.closed_at is null
$$;
revoke all on function find_session(integer, bytea, timestamptz) from public;
grant execute on function find_session(integer, bytea, timestamptz) to karkhaneh_app;
