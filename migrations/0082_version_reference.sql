-- expand
-- One row that says how often the reference data has changed: whoever keeps it in memory looks here, and reads it
-- anew when it is another. Where a row of reference data is changed by hand, this goes up by one with it.
create table reference_versions (
  id integer primary key,
  version integer not null
);
insert into reference_versions (id, version) values (1, 1);
grant select on reference_versions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person, karkhaneh_country;
