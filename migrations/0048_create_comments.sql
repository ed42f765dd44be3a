-- What readers say of a version of a bulletin, and the office's answers. Nobody is asked who they are, and
-- nothing is shown before somebody has read it.
create table bulletin_comments (
  province_id integer not null,
  id uuid not null,
  bulletin_id uuid not null,
  version integer not null,
  parent_id uuid,
  body text not null,
  state text not null,
  -- Of an answer that the office gave; null for a reader's.
  office_account_id uuid,
  written_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  -- Why it was shown or kept away: for the office, and for whoever asks.
  reason text,
  primary key (province_id, id),
  constraint bulletin_comments_state_known check (state in ('waiting', 'approved', 'refused')),
  constraint bulletin_comments_not_empty check (body <> ''),
  constraint bulletin_comments_decided_whole check ((decided_by is null) = (decided_at is null)),
  constraint bulletin_comments_decided_once check ((state = 'waiting') = (decided_by is null)),
  constraint bulletin_comments_refused_has_reason check (state <> 'refused' or reason is not null)
);
create index bulletin_comments_version
  on bulletin_comments (province_id, bulletin_id, version, written_at);
create index bulletin_comments_waiting on bulletin_comments (province_id, written_at)
  where state = 'waiting';
create index bulletin_comments_parent on bulletin_comments (province_id, parent_id);
create index bulletin_comments_office on bulletin_comments (province_id, office_account_id);
create index bulletin_comments_decider on bulletin_comments (province_id, decided_by);
alter table bulletin_comments
  add constraint bulletin_comments_version_known
    foreign key (province_id, bulletin_id, version)
    references bulletin_versions (province_id, bulletin_id, version),
  add constraint bulletin_comments_parent_known
    foreign key (province_id, parent_id) references bulletin_comments (province_id, id),
  add constraint bulletin_comments_office_known
    foreign key (province_id, office_account_id) references accounts (province_id, id),
  add constraint bulletin_comments_decider_known
    foreign key (province_id, decided_by) references accounts (province_id, id);

-- Proofs of work that were used: each lets one comment in. Forgotten when they would be too old anyway.
create table spent_challenges (
  province_id integer not null,
  digest bytea not null,
  expires_at timestamptz not null,
  primary key (province_id, digest)
);
create index spent_challenges_expiry on spent_challenges (province_id, expires_at);

grant select, insert on bulletin_comments to karkhaneh_province;
grant update (state, decided_by, decided_at, reason) on bulletin_comments to karkhaneh_province;
grant select, insert, delete on spent_challenges to karkhaneh_province;
grant select on bulletin_comments to karkhaneh_country;
alter table bulletin_comments enable row level security;
create policy bulletin_comments_country on bulletin_comments for select to karkhaneh_country using (true);
create policy bulletin_comments_province on bulletin_comments to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table spent_challenges enable row level security;
create policy spent_challenges_province on spent_challenges to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
