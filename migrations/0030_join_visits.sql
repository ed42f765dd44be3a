-- Agencies that were asked to join a visit. A visit with such agencies passes only once each of them has
-- signed it on the spot or was excused with a reason.
create table visit_parties (
  province_id integer not null,
  visit_id uuid not null,
  organisation_id text not null,
  asked_by uuid,
  asked_at timestamptz not null,
  signed_at timestamptz,
  -- Who signed on the glass; the drawing is among the visit's answers.
  signer text,
  excused_by uuid,
  excused_at timestamptz,
  excused_reason text,
  primary key (province_id, visit_id, organisation_id),
  constraint visit_parties_signed_by_name check ((signed_at is null) = (signer is null)),
  constraint visit_parties_excused_with_reason check ((excused_at is null) = (excused_reason is null)),
  constraint visit_parties_one_end check (signed_at is null or excused_at is null)
);
create index visit_parties_organisation on visit_parties (organisation_id);
create index visit_parties_asker on visit_parties (province_id, asked_by);
create index visit_parties_excuser on visit_parties (province_id, excused_by);

alter table visit_parties
  add constraint visit_parties_visit_known foreign key (province_id, visit_id) references visits (province_id, id),
  add constraint visit_parties_organisation_known
    foreign key (organisation_id) references organisations (id),
  add constraint visit_parties_asker_known
    foreign key (province_id, asked_by) references accounts (province_id, id),
  add constraint visit_parties_excuser_known
    foreign key (province_id, excused_by) references accounts (province_id, id);

grant select, insert on visit_parties to karkhaneh_province;
grant update (signed_at, signer, excused_by, excused_at, excused_reason) on visit_parties to karkhaneh_province;
grant select on visit_parties to karkhaneh_organisation, karkhaneh_country;

alter table visit_parties enable row level security;
create policy visit_parties_country on visit_parties for select to karkhaneh_country using (true);
create policy visit_parties_province on visit_parties to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy visit_parties_organisation on visit_parties for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and organisation_id = current_setting('app.organisation', true));
