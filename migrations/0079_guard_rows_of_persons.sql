-- What hangs on a plan or a case says itself whose it is, so that row security shows it to that citizen and to no
-- other. The columns stay empty for rows that were there: 0080 fills them, the job `figures.fillHolders` what a
-- server of the version before writes meanwhile, and a later version says that they are never empty. An empty
-- one is shown to no citizen.
alter table households add column person_id uuid;
alter table tranches add column holder_id uuid;
alter table memberships add column holder_id uuid;
alter table jobs add column holder_id uuid;

-- The version before names nobody for a dwelling: where a citizen writes it, it is theirs.
alter table households alter column person_id
  set default nullif(nullif(current_setting('app.person', true), ''), '-')::uuid;

-- A payment's amount is for ever; whose plan it is may be said of it where nothing is said yet.
grant update (holder_id) on tranches to karkhaneh_province;

drop policy households_person on households;
create policy households_person on households for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
drop policy households_insert on households;
create policy households_insert on households for insert to karkhaneh_organisation with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
drop policy households_update on households;
create policy households_update on households for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = any (seen_by));
-- A citizen's own application and correction write where they live, and whom that is shown to.
create policy households_insert_own on households for insert to karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
create policy households_update_own on households for update to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

drop policy tranches_person on tranches;
create policy tranches_person on tranches for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and holder_id::text = current_setting('app.person', true));
drop policy tranches_insert on tranches;
create policy tranches_insert on tranches for insert to karkhaneh_organisation with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
drop policy tranches_update on tranches;
create policy tranches_update on tranches for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

drop policy memberships_person on memberships;
create policy memberships_person on memberships for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.person', true) in (person_id::text, holder_id::text));
drop policy memberships_insert on memberships;
create policy memberships_insert on memberships for insert to karkhaneh_organisation with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
drop policy memberships_update on memberships;
create policy memberships_update on memberships for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = agency_id);

drop policy jobs_person on jobs;
create policy jobs_person on jobs for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.person', true) in (person_id::text, holder_id::text));
drop policy jobs_insert on jobs;
create policy jobs_insert on jobs for insert to karkhaneh_organisation with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
drop policy jobs_update on jobs;
create policy jobs_update on jobs for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

-- Nobody changes what they are not shown: the conditions of reading are those of writing, too.
drop policy people_update on people;
create policy people_update on people for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = any (seen_by));
create policy people_update_own on people for update to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and id::text = current_setting('app.person', true));
drop policy cases_update on cases;
create policy cases_update on cases for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and (current_setting('app.organisation', true) in (agency_id, bank_id)
    or clearing_ids @> array[current_setting('app.organisation', true)]));
create policy cases_update_own on cases for update to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
drop policy plans_update on plans;
create policy plans_update on plans for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
create policy plans_update_own on plans for update to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
drop policy permit_versions_update on permit_versions;
create policy permit_versions_update on permit_versions for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and (current_setting('app.organisation', true) in (agency_id, bank_id)
    or clearing_ids @> array[current_setting('app.organisation', true)]));
create policy permit_versions_update_own on permit_versions for update to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
