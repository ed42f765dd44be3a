-- What inspectors record without signal. A phone is enrolled, its records come in the order of its own
-- count, and each photo in pieces. A record is what the phone said: it is never edited, only its state moves.
create table field_devices (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  label text not null,
  -- Opens what the phone keeps, for its owner alone; forgotten when the phone is revoked.
  data_key bytea,
  enrolled_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- How many records the phone said that it still holds.
  waiting integer,
  revoked_at timestamptz,
  revoked_by uuid,
  revoked_reason text,
  primary key (province_id, id),
  constraint field_devices_label_short check (length(label) between 1 and 80),
  constraint field_devices_key_whole check (length(data_key) = 32),
  constraint field_devices_key_until_revoked check ((data_key is null) = (revoked_at is not null)),
  constraint field_devices_revoked_by_somebody check (
    (revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null))
);
create index field_devices_account on field_devices (province_id, account_id);
create index field_devices_revoker on field_devices (province_id, revoked_by);

create table field_records (
  province_id integer not null,
  id uuid not null,
  device_id uuid not null,
  account_id uuid not null,
  -- The phone's own count, from 1 without gaps.
  seq integer not null,
  kind text not null,
  -- The record as it came, and the digest of it.
  sent jsonb not null,
  digest bytea not null,
  photo_digests text[] not null,
  visit_id uuid,
  case_id uuid,
  -- An earlier record of the same phone that this one corrects.
  corrects uuid,
  -- Another record that came with the id or the number of this one, kept beside it.
  beside_id uuid,
  -- When it was recorded, by the phone's clock, and how far the server's clock was ahead of it.
  taken_at timestamptz not null,
  clock_off_seconds integer not null,
  happened_on date not null,
  received_at timestamptz not null,
  state text not null,
  problem text,
  faults jsonb,
  -- The visit's count of steps once this record was applied.
  applied_revision integer,
  applied_at timestamptz,
  settled_by uuid,
  settled_at timestamptz,
  settled_reason text,
  primary key (province_id, id),
  constraint field_records_seq_positive check (seq > 0),
  constraint field_records_kind_known check (kind in ('outcome', 'unplanned')),
  constraint field_records_state_known check (
    state in ('held', 'waits_photos', 'applied', 'conflict', 'kept_office', 'replaced')),
  constraint field_records_problem_of_conflict check (state <> 'conflict' or problem is not null),
  constraint field_records_applied_to_visit check (
    state <> 'applied' or (visit_id is not null and applied_revision is not null and applied_at is not null)),
  constraint field_records_settled_by_somebody check (
    (settled_at is null) = (settled_by is null) and (settled_at is null) = (settled_reason is null))
);
create unique index field_records_once on field_records (province_id, device_id, seq)
  where beside_id is null;
create unique index field_records_beside_once on field_records (province_id, beside_id, digest)
  where beside_id is not null;
create index field_records_device on field_records (province_id, device_id, state);
create index field_records_state on field_records (province_id, state, received_at);
create index field_records_account on field_records (province_id, account_id);
create index field_records_visit on field_records (province_id, visit_id);
create index field_records_case on field_records (province_id, case_id);
create index field_records_beside on field_records (province_id, beside_id);
create index field_records_settler on field_records (province_id, settled_by);

-- A photo or a drawn signature, known by its digest to the phone that took it.
create table field_photos (
  province_id integer not null,
  device_id uuid not null,
  sha256 text not null,
  media_type text not null,
  size_bytes integer not null,
  received_bytes integer not null,
  state text not null,
  fault text,
  file_key uuid,
  recorded_at timestamptz not null,
  kept_at timestamptz,
  primary key (province_id, device_id, sha256),
  constraint field_photos_digest_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint field_photos_type_known check (media_type in ('image/jpeg', 'image/png')),
  constraint field_photos_size_bounded check (
    size_bytes between 1 and 5242880 and received_bytes between 0 and size_bytes),
  constraint field_photos_state_known check (state in ('receiving', 'checking', 'kept', 'refused')),
  constraint field_photos_file_when_kept check ((state = 'kept') = (file_key is not null)),
  constraint field_photos_fault_when_refused check ((state = 'refused') = (fault is not null))
);

create table field_photo_pieces (
  province_id integer not null,
  device_id uuid not null,
  sha256 text not null,
  at_byte integer not null,
  bytes bytea not null,
  primary key (province_id, device_id, sha256, at_byte)
);

alter table field_devices
  add constraint field_devices_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint field_devices_revoker_known
    foreign key (province_id, revoked_by) references accounts (province_id, id);
alter table field_records
  add constraint field_records_device_known
    foreign key (province_id, device_id) references field_devices (province_id, id),
  add constraint field_records_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint field_records_visit_known
    foreign key (province_id, visit_id) references visits (province_id, id),
  add constraint field_records_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint field_records_beside_known
    foreign key (province_id, beside_id) references field_records (province_id, id),
  add constraint field_records_settler_known
    foreign key (province_id, settled_by) references accounts (province_id, id);
alter table field_photos
  add constraint field_photos_device_known
    foreign key (province_id, device_id) references field_devices (province_id, id);
alter table field_photo_pieces
  add constraint field_photo_pieces_photo_known
    foreign key (province_id, device_id, sha256)
    references field_photos (province_id, device_id, sha256);

grant select, insert on field_devices, field_records, field_photos to karkhaneh_province;
grant update (label, data_key, last_seen_at, waiting, revoked_at, revoked_by, revoked_reason)
  on field_devices to karkhaneh_province;
grant update (state, problem, faults, visit_id, applied_revision, applied_at, settled_by, settled_at,
  settled_reason) on field_records to karkhaneh_province;
grant update (received_bytes, state, fault, file_key, kept_at) on field_photos to karkhaneh_province;
grant select, insert, delete on field_photo_pieces to karkhaneh_province;
-- An organisation and a person come to these through visits, which the rules have shown to be theirs; the
-- country reads what was recorded and no phone's key.
grant select on field_records, field_photos to karkhaneh_country;

alter table field_devices enable row level security;
create policy field_devices_province on field_devices to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table field_records enable row level security;
create policy field_records_country on field_records for select to karkhaneh_country using (true);
create policy field_records_province on field_records to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table field_photos enable row level security;
create policy field_photos_country on field_photos for select to karkhaneh_country using (true);
create policy field_photos_province on field_photos to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table field_photo_pieces enable row level security;
create policy field_photo_pieces_province on field_photo_pieces to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
