import { type RawBuilder, sql } from 'kysely'

/**
 * Puts into effect what was set with `alter role … set …`, as PostgREST does: becoming a role does not. That of
 * `authenticator` holds for all roles that have no other. What only a superuser may set stays as it is, and the search
 * path is the Data API's own.
 */
export function roleSettings(role: string): RawBuilder<unknown> {
  return sql`(
    select count(set_config(known.name, known.value, true))
    from (
      select s.name, substr(item, strpos(item, '=') + 1) as value
      from pg_catalog.pg_db_role_setting r
      cross join unnest(r.setconfig) as item
      join pg_catalog.pg_settings s on s.name = split_part(item, '=', 1) and s.context = 'user'
      join pg_catalog.pg_roles o on o.oid = r.setrole
      where o.rolname in ('authenticator', ${role})
      and r.setdatabase in (0, (select oid from pg_catalog.pg_database where datname = current_database()))
      and s.name <> 'search_path'
      order by o.rolname <> 'authenticator', r.setdatabase <> 0
    ) known
  )`
}
