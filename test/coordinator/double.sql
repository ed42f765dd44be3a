-- What the product asks of Citus, as SQL, in a test's own database: notes each call and refuses what Citus refuses
-- (its src/backend/distributed/commands at version 13), in its words. It moves no row anywhere.
set allow_system_table_mods = on;
insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
  select 999999, 'citus', oid, 'pg_catalog'::regnamespace, false, '13.2-1' from pg_roles where rolsuper limit 1;
create schema citus;
create type citus.distribution_type as enum ('hash', 'range', 'append');
create table pg_catalog.pg_dist_partition (
  logicalrelid regclass primary key,
  partmethod "char" not null,
  partkey text,
  colocationid integer not null
);
grant select on pg_catalog.pg_dist_partition to public;
set allow_system_table_mods = off;

create schema double;
grant usage on schema double to public;
create table double.calls (n integer generated always as identity, call text not null);
-- The call that is to break off, as a coordinator that dies would break it off.
create table double.breaks (call text not null);
grant select on double.calls to public;

create function pg_catalog.citus_version() returns text language sql as $$ select 'Citus 13.2.2 (a double)' $$;

create function double.refuse_unfit(t regclass, by text) returns void language plpgsql as $$
declare found record;
begin
  if exists (select from pg_dist_partition where logicalrelid = t) then
    raise 'table "%" is already distributed', t using errcode = '42P16';
  end if;
  if exists (select from pg_trigger where tgrelid = t and not tgisinternal) then
    raise 'cannot distribute relation "%" because it has triggers', t;
  end if;
  if exists (select from pg_attribute where attrelid = t and attidentity <> '') then
    raise 'cannot complete operation on a table with identity column';
  end if;
  if exists (select from pg_policy where polrelid = t
    and concat(pg_get_expr(polqual, t), pg_get_expr(polwithcheck, t)) ~* '\mselect\M') then
    raise 'cannot create policy' using errcode = '0A000';
  end if;
  if by is null then return; end if;
  if not exists (select from pg_attribute where attrelid = t and attname = by and attnum > 0) then
    raise 'column "%" of relation "%" does not exist', by, t using errcode = '42703';
  end if;
  for found in select i.indexrelid::regclass as name from pg_index i
    where i.indrelid = t and (i.indisunique or i.indisexclusion) and not exists (
      select from pg_attribute a where a.attrelid = t and a.attname = by and a.attnum = any (i.indkey))
  loop
    raise 'cannot create constraint on "%"', t using errcode = '42P16',
      detail = 'Distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints that do not '
        'include the partition column (with an equality operator if EXCLUDE).';
  end loop;
end $$;

-- Every foreign key of and to a table, as ErrorIfUnsupportedForeignConstraintExists sees it.
create function double.refuse_keys(about regclass) returns void language plpgsql as $$
declare k record;
begin
  for k in select c.conname, c.conrelid::regclass as one, c.confrelid::regclass as other, c.confdeltype,
      c.confupdtype, f.partmethod as one_is, t.partmethod as other_is, f.colocationid as one_in,
      t.colocationid as other_in, array_position(c.conkey, a.attnum) as at,
      array_position(c.confkey, b.attnum) as other_at
    from pg_constraint c
    left join pg_dist_partition f on f.logicalrelid = c.conrelid
    left join pg_dist_partition t on t.logicalrelid = c.confrelid
    left join pg_attribute a on a.attrelid = c.conrelid and a.attname = f.partkey
    left join pg_attribute b on b.attrelid = c.confrelid and b.attname = t.partkey
    where c.contype = 'f' and about in (c.conrelid, c.confrelid) and (f.logicalrelid is not null or t.logicalrelid is not null)
  loop
    if k.other_is is null then
      raise 'referenced table "%" must be a distributed table or a reference table', k.other
        using errcode = '42P16';
    elsif k.one_is is null then
      raise 'relation % is referenced by a foreign key from %', k.other, k.one using errcode = '0A000',
        detail = 'foreign keys from a local table to a distributed table are not supported.';
    elsif k.one_is = 'n' and k.other_is <> 'n' then
      raise 'cannot create foreign key constraint since foreign keys from reference tables and local tables '
        'to distributed tables are not supported' using errcode = '0A000';
    elsif k.other_is = 'h' and k.one_in <> k.other_in then
      raise 'cannot create foreign key constraint since relations are not colocated or not referencing a '
        'reference table' using errcode = '0A000', detail = k.conname;
    elsif k.other_is = 'h' and k.at is distinct from k.other_at then
      raise 'cannot create foreign key constraint' using errcode = '0A000', detail = k.conname;
    elsif k.at is not null and (k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd', 'c')) then
      raise 'cannot create foreign key constraint' using errcode = '0A000', detail = k.conname;
    end if;
  end loop;
end $$;

create function double.note(what text) returns void language plpgsql as $$
begin
  if exists (select from double.breaks where call = what) then raise 'the coordinator went away'; end if;
  insert into double.calls (call) values (what);
end $$;

create function pg_catalog.create_reference_table(table_name regclass) returns void
language plpgsql security definer set search_path = public, pg_catalog as $$
begin
  perform double.note(format('reference %s', table_name));
  perform double.refuse_unfit(table_name, null);
  insert into pg_dist_partition values (table_name, 'n', null, 1);
  perform double.refuse_keys(table_name);
end $$;

create function pg_catalog.create_distributed_table(table_name regclass, distribution_column text,
  distribution_type citus.distribution_type default 'hash', colocate_with text default 'default',
  shard_count integer default null) returns void
language plpgsql security definer set search_path = public, pg_catalog as $$
declare place integer;
begin
  perform double.note(format('distributed %s by %s with %s, %s shards', table_name, distribution_column,
    colocate_with, coalesce(shard_count::text, 'its')));
  if colocate_with not in ('default', 'none') then
    if shard_count is not null then
      raise 'Cannot use colocate_with with a table and shard_count at the same time';
    end if;
    select colocationid into place from pg_dist_partition
      where logicalrelid = colocate_with::regclass and partmethod = 'h';
    if place is null then raise 'relation % is not distributed', colocate_with; end if;
  else
    select max(colocationid) + 1 into place from pg_dist_partition;
  end if;
  perform double.refuse_unfit(table_name, distribution_column);
  insert into pg_dist_partition values (table_name, 'h', distribution_column, place);
  perform double.refuse_keys(table_name);
end $$;

create function pg_catalog.truncate_local_data_after_distributing_table(function_name regclass)
returns void language plpgsql security definer set search_path = public, pg_catalog as $$
begin
  if not exists (select from pg_dist_partition where logicalrelid = function_name) then
    raise 'supplied parameter is not a distributed relation';
  end if;
  perform double.note(format('emptied %s', function_name));
end $$;

-- What is done to a table after it has been placed.
create function double.look() returns event_trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare c record;
begin
  for c in select * from pg_event_trigger_ddl_commands() loop
    if c.command_tag = 'CREATE TRIGGER' and exists (select from pg_trigger g
      join pg_dist_partition p on p.logicalrelid = g.tgrelid where g.oid = c.objid) then
      raise 'triggers are not supported on distributed tables';
    elsif c.command_tag = 'CREATE POLICY' and exists (select from pg_policy y
      join pg_dist_partition p on p.logicalrelid = y.polrelid where y.oid = c.objid
        and concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) ~* '\mselect\M') then
      raise 'cannot create policy' using errcode = '0A000';
    elsif c.command_tag = 'ALTER TABLE'
      and exists (select from pg_dist_partition where logicalrelid::oid = c.objid)
      and (select count(*) from regexp_matches(current_query(),
        '\m(add (constraint|column)|drop (constraint|column)|alter column|validate constraint)\M', 'gi')) > 1
      and current_query() ~* 'add constraint' then
      raise 'cannot execute ADD CONSTRAINT command with other subcommands' using errcode = '0A000';
    end if;
    if c.command_tag in ('ALTER TABLE', 'CREATE TABLE') then perform double.refuse_keys(c.objid); end if;
  end loop;
end $$;
create event trigger double_look on ddl_command_end execute function double.look();
