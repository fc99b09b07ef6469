import postgres from 'postgres'

/** Every table with timestamps of the product or of Auth; exclusive where two rows may not have the same or overlapping ones. */
const CLOCKED = `
  create temp table clocked as
  select
    format('%I.%I', n.nspname, c.relname) as name,
    string_agg(format('%1$I = %1$I - $1', a.attname), ', ') as changes,
    string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
    exists (
      select from pg_catalog.pg_index i
      where i.indrelid = c.oid
      and (i.indisexclusion or i.indisunique and i.indkey::smallint[] && array_agg(a.attnum))
    ) as is_exclusive
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid
  where n.nspname in ('public', 'private', 'auth')
  and c.relkind = 'r'
  and a.attnum > 0
  and not a.attisdropped
  and a.attgenerated = ''
  and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype)
  group by n.nspname, c.relname, c.oid`

/** Moves all of them, the earlier first where two must not meet. */
const PASS = `
  create function pg_temp.pass(p_time interval) returns void language plpgsql as $$
  declare
    clocked record;
    row_id tid;
  begin
    for clocked in select * from pg_temp.clocked loop
      if clocked.is_exclusive then
        for row_id in execute format('select ctid from %s order by %s', clocked.name, clocked.columns) loop
          execute format('update %s set %s where ctid = $2', clocked.name, clocked.changes) using p_time, row_id;
        end loop;
      else
        execute format('update %s set %s', clocked.name, clocked.changes) using p_time;
      end if;
    end loop;
  end
  $$`

/** Rows that moved leave their old selves behind: without this every step reads all of them. */
const STEPS_PER_VACUUM = 25

/** Tells what time it is in the story, and lets time pass. */
export type StoryClock = {
  /** Milliseconds since the story began. */
  now(): number
  /** Milliseconds that did not pass on the wall, but in the story. */
  passed(): number
  /** Lets time pass up to `at`, in milliseconds since the story began; nothing where it is later already. */
  passUntil(at: number): Promise<void>
  /** Milliseconds that a row was moved since it was written, by the time that it has now. */
  movedSince(time: Date): number
  close(): Promise<void>
}

/**
 * A clock for a database whose functions all ask the real one. Nobody can wait sixty days, so time passes by moving every
 * timestamp there is that far into the past: for each function that is as if somebody had waited. Whatever happens, happens
 * at the real time through the functions that the app calls. Needs the superuser: the ledger refuses every other change.
 */
export async function startStoryClock(adminUrl: string): Promise<StoryClock> {
  const sql = postgres(adminUrl, {
    max: 1,
    onnotice: () => {},
    connection: { session_replication_role: 'replica', synchronous_commit: 'off' },
  })
  await sql.unsafe(CLOCKED)
  await sql.unsafe(PASS)
  const began = Date.now()
  let passed = 0
  /** What time it was in the story whenever it had just passed, and how much of it had by then. */
  const steps = [{ at: 0, passed }]
  const now = () => Date.now() - began + passed
  return {
    now,
    passed: () => passed,
    async passUntil(at) {
      // The engine keeps some of its times in whole seconds: they move together with the others.
      const seconds = Math.ceil((at - now()) / 1000)
      if (seconds <= 0) return
      await sql`select pg_temp.pass(make_interval(secs => ${seconds}))`
      passed += seconds * 1000
      steps.push({ at: now(), passed })
      if (steps.length % STEPS_PER_VACUUM === 0) await sql`vacuum`
    },
    movedSince(time) {
      const at = time.getTime() - began + passed
      return passed - (steps.findLast((step) => step.at <= at)?.passed ?? 0)
    },
    close: () => sql.end(),
  }
}
