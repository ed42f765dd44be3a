-- What was asked about accounts of staff, by whom, and who agreed: nobody gives a role alone. Rows are
-- never removed, and of what was asked nothing is edited.
create table account_changes (
  province_id integer not null,
  id uuid not null,
  -- Absent until an account that is to be opened is there.
  account_id uuid,
  verb text not null,
  username text not null,
  name_fa text not null,
  name_en text not null,
  role text not null,
  organisation_id text not null,
  mobile text,
  -- The name by which a ministry's own identity server knows the person.
  external_name text,
  reason text not null,
  state text not null,
  -- Carried out by the one who asked, in an emergency; or on the machine itself, by a command.
  emergency boolean not null default false,
  by_command boolean not null default false,
  asked_by uuid,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (province_id, id),
  constraint account_changes_verb_known check (verb in
    ('accounts.open', 'accounts.change', 'accounts.close', 'accounts.reset')),
  constraint account_changes_state_known check (state in ('asked', 'done', 'refused')),
  constraint account_changes_asked_by_somebody check (by_command or asked_by is not null),
  constraint account_changes_decided_when_over check ((state = 'asked') = (decided_at is null)),
  -- Taking a right away needs no second person; giving one does.
  constraint account_changes_two_people check (state <> 'done' or verb = 'accounts.close'
    or emergency or by_command or asked_by is distinct from decided_by)
);
create index account_changes_account on account_changes (province_id, account_id)
  where account_id is not null;
create index account_changes_asked_by on account_changes (province_id, asked_by)
  where asked_by is not null;
create index account_changes_decided_by on account_changes (province_id, decided_by)
  where decided_by is not null;
create index account_changes_organisation on account_changes (organisation_id);
create index account_changes_open on account_changes (province_id, asked_at) where state = 'asked';

-- A code that is handed to the owner of a new account, or of one whose password was lost: with it they
-- choose a password of their own. 100 random bits, held as their hash.
create table opening_codes (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  code_hash bytea not null,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (province_id, id),
  constraint opening_codes_hash_once unique (province_id, code_hash)
);
create index opening_codes_account on opening_codes (province_id, account_id);

-- What somebody else has to look at: a change made alone in an emergency or on the machine, an account
-- that is being guessed at.
create table alarms (
  province_id integer not null,
  id uuid not null,
  kind text not null,
  account_id uuid,
  change_id uuid,
  raised_by uuid,
  raised_at timestamptz not null,
  seen_by uuid,
  seen_at timestamptz,
  primary key (province_id, id),
  constraint alarms_kind_known check (kind in ('emergency', 'command', 'guessing')),
  constraint alarms_seen_by_another check (seen_by is null or seen_by is distinct from raised_by),
  constraint alarms_seen_by_somebody check ((seen_at is null) = (seen_by is null))
);
create index alarms_account on alarms (province_id, account_id) where account_id is not null;
create index alarms_change on alarms (province_id, change_id) where change_id is not null;
create index alarms_raised_by on alarms (province_id, raised_by) where raised_by is not null;
create index alarms_seen_by on alarms (province_id, seen_by) where seen_by is not null;
create index alarms_unseen on alarms (province_id, raised_at) where seen_at is null;

alter table accounts add column mobile text;

alter table account_changes
  add constraint account_changes_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint account_changes_asked_by_known
    foreign key (province_id, asked_by) references accounts (province_id, id),
  add constraint account_changes_decided_by_known
    foreign key (province_id, decided_by) references accounts (province_id, id),
  add constraint account_changes_organisation_known
    foreign key (organisation_id) references organisations (id);
alter table opening_codes
  add constraint opening_codes_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table alarms
  add constraint alarms_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint alarms_change_known
    foreign key (province_id, change_id) references account_changes (province_id, id),
  add constraint alarms_raised_by_known
    foreign key (province_id, raised_by) references accounts (province_id, id),
  add constraint alarms_seen_by_known
    foreign key (province_id, seen_by) references accounts (province_id, id);

-- Accounts are the province's; whoever stands for an organisation or a person changes none.
revoke insert, update on accounts, sign_in_names, sign_in_codes
  from karkhaneh_organisation, karkhaneh_person;
-- An identity server's name for somebody ends with the account.
grant delete on sign_in_names to karkhaneh_province;
grant select, insert on account_changes to karkhaneh_province;
grant update (account_id, state, emergency, decided_by, decided_at) on account_changes
  to karkhaneh_province;
grant select, insert on opening_codes to karkhaneh_province;
grant update (used_at) on opening_codes to karkhaneh_province;
grant select, insert on alarms to karkhaneh_province;
grant update (seen_by, seen_at) on alarms to karkhaneh_province;

alter table account_changes enable row level security;
create policy account_changes_province on account_changes to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table opening_codes enable row level security;
create policy opening_codes_province on opening_codes to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table alarms enable row level security;
create policy alarms_province on alarms to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
