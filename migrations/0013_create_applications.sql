-- What the civil registry said about a person. Until it answers, the application goes on unconfirmed.
create table identity_checks (
  province_id integer not null,
  person_id uuid not null,
  state text not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (province_id, person_id),
  constraint identity_checks_state_known check (state in ('unconfirmed', 'confirmed', 'differs')),
  constraint identity_checks_answer_has_instant
    check ((state = 'unconfirmed') = (answered_at is null))
);

-- An application that is still being filled in. Its version grows with every save, so that two
-- devices cannot overwrite each other unseen.
create table drafts (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid,
  organisation_id text,
  on_behalf boolean not null,
  answers jsonb not null,
  version integer not null,
  state text not null,
  case_id uuid,
  recorded_at timestamptz not null,
  saved_at timestamptz not null,
  primary key (province_id, id),
  constraint drafts_state_known check (state in ('open', 'submitted', 'discarded')),
  constraint drafts_case_when_submitted check ((state = 'submitted') = (case_id is not null)),
  constraint drafts_version_positive check (version > 0)
);
create index drafts_account on drafts (province_id, account_id, state);
create index drafts_person on drafts (province_id, person_id);
create index drafts_case on drafts (province_id, case_id);
create index drafts_organisation on drafts (organisation_id);

-- A document of a draft or of a case, from the first piece that arrives to the file that is kept.
create table documents (
  province_id integer not null,
  id uuid not null,
  draft_id uuid,
  case_id uuid,
  person_id uuid,
  account_id uuid not null,
  condition_number integer not null,
  media_type text not null,
  size_bytes integer not null,
  received_bytes integer not null,
  digest bytea,
  file_key uuid,
  state text not null,
  fault text,
  recorded_at timestamptz not null,
  kept_at timestamptz,
  replaced_at timestamptz,
  primary key (province_id, id),
  constraint documents_of_draft_or_case check (draft_id is not null or case_id is not null),
  constraint documents_state_known check (state in ('receiving', 'checking', 'kept', 'refused')),
  constraint documents_type_known check (media_type in ('image/jpeg', 'image/png', 'application/pdf')),
  constraint documents_size_bounded check (size_bytes between 1 and 5242880
    and received_bytes between 0 and size_bytes),
  constraint documents_file_when_kept check ((state = 'kept') = (file_key is not null)),
  constraint documents_fault_when_refused check ((state = 'refused') = (fault is not null))
);
create index documents_draft on documents (province_id, draft_id);
create index documents_case on documents (province_id, case_id);
create index documents_person on documents (province_id, person_id);
create index documents_account on documents (province_id, account_id);
create index documents_condition on documents (condition_number);

-- The pieces of an upload, until the whole is a file.
create table document_pieces (
  province_id integer not null,
  document_id uuid not null,
  at_byte integer not null,
  bytes bytea not null,
  primary key (province_id, document_id, at_byte)
);

alter table identity_checks
  add constraint identity_checks_person_known
    foreign key (province_id, person_id) references people (province_id, id);
alter table drafts
  add constraint drafts_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint drafts_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint drafts_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint drafts_organisation_known foreign key (organisation_id) references organisations (id);
alter table documents
  add constraint documents_draft_known foreign key (province_id, draft_id) references drafts (province_id, id),
  add constraint documents_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint documents_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint documents_account_known
    foreign key (province_id, account_id) references accounts (province_id, id),
  add constraint documents_condition_known
    foreign key (condition_number) references refusal_conditions (number);
alter table document_pieces
  add constraint document_pieces_document_known
    foreign key (province_id, document_id) references documents (province_id, id);

grant select, insert, update on identity_checks, drafts, documents
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select, insert, delete on document_pieces
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select on identity_checks, documents to karkhaneh_country;

alter table identity_checks enable row level security;
create policy identity_checks_country on identity_checks for select to karkhaneh_country using (true);
create policy identity_checks_province on identity_checks
  to karkhaneh_province, karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy identity_checks_person on identity_checks to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table drafts enable row level security;
create policy drafts_province on drafts to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy drafts_organisation on drafts to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and organisation_id = current_setting('app.organisation', true));
create policy drafts_person on drafts to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table documents enable row level security;
create policy documents_country on documents for select to karkhaneh_country using (true);
create policy documents_province on documents to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
-- An organisation reaches these through the case or draft, which the rules have shown to be its own.
create policy documents_organisation on documents to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy documents_person on documents to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table document_pieces enable row level security;
create policy document_pieces_province on document_pieces
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
