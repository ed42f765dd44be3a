-- The record. A row is a step of one case; nothing here is ever edited (see 0008 for the revokes).
-- sign = -1 takes an earlier step back: same verb, states, day and scope, so every measure that the
-- step added to is taken from by the same amount on the same day.
create table history (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  seq integer not null,
  verb text not null,
  from_state text,
  to_state text not null,
  sign smallint not null default 1,
  reverses uuid,
  happened_on date not null,
  recorded_at timestamptz not null,
  actor_id uuid,
  organisation_id text,
  op_id uuid not null,
  reason text,
  person_id uuid not null,
  county_id integer not null,
  agency_id text not null,
  bank_id text,
  kind text not null,
  occupation_id text not null,
  sex text not null,
  area text not null,
  rial bigint,
  people integer,
  facts jsonb not null default '{}',
  hash bytea not null,
  primary key (province_id, id),
  constraint history_place_in_case unique (province_id, case_id, seq),
  constraint history_sign check (sign in (1, -1)),
  constraint history_reversal_names_its_step check ((sign = -1) = (reverses is not null)),
  constraint history_rial_not_negative check (rial is null or rial >= 0),
  constraint history_people_not_negative check (people is null or people >= 0)
);
create unique index history_reversed_once on history (province_id, reverses) where reverses is not null;
create index history_verb_day on history (province_id, verb, happened_on);
create index history_recorded on history (province_id, recorded_at);
create index history_op on history (province_id, op_id);
create index history_person on history (province_id, person_id);

-- The newest link of each case's chain: the row that an act locks, and what shows a removed newest row.
create table history_heads (
  province_id integer not null,
  case_id uuid not null,
  seq integer not null,
  hash bytea not null,
  primary key (province_id, case_id)
);

-- The first answer to every write, by the client's idempotency key.
create table operations (
  province_id integer not null,
  op_id uuid not null,
  endpoint text not null,
  account_id uuid,
  request_hash bytea not null,
  status integer not null,
  answer jsonb,
  recorded_at timestamptz not null,
  primary key (province_id, op_id)
);

-- What a step adds to the measures, written with it; a job folds these into daily_totals.
create table measure_deltas (
  province_id integer not null,
  history_id uuid not null,
  measure text not null,
  happened_on date not null,
  recorded_on date not null,
  county_id integer not null,
  agency_id text not null,
  bank_id text,
  kind text not null,
  occupation_id text not null,
  sex text not null,
  area text not null,
  value bigint not null,
  primary key (province_id, history_id, measure)
);

-- One row per measure, day, day of recording and key of one dimension ('all' has the empty key).
create table daily_totals (
  province_id integer not null,
  measure text not null,
  dimension text not null,
  happened_on date not null,
  key text not null,
  recorded_on date not null,
  value bigint not null,
  primary key (province_id, measure, dimension, happened_on, key, recorded_on)
);
