import type { Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_TABLES, FOLLOWED_TABLES } from '../../lib/supabase/live/channel-of.ts'
import { type Engine, openEngine } from './engine.ts'

// Every table and view by who may read it. A table of a fork's own goes into one of these lists.
const READS = ['membership_tiers', 'credit_types', 'tool_switches', 'credit_packages']
const OWN_READS = [
  'profiles',
  'credits',
  'credit_transactions',
  'credit_grants',
  'credit_holds',
  'runs',
  'api_keys',
  'api_key_usage',
  'api_key_budgets',
  'payments',
  'payment_overview',
  'subscriptions',
  'subscription_overview',
  'terms_acceptances',
  'credit_sums',
  'credit_metrics_daily',
  'credit_metrics',
  'payment_metrics_daily',
  'payment_metrics',
  'package_metrics',
]
const ADMIN_READS = [
  'audit_logs',
  'audit_refusals',
  'audit_trail',
  'payment_events',
  'mails',
  'subscription_periods',
  'payment_refunds',
  'payment_disputes',
  'reconciliations',
  'credit_days',
  'job_runs',
  'signup_bonuses',
  'package_syncs',
]

let engine: Engine
let sql: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  sql = engine.owner
})
afterAll(() => engine.close())

/** Tables, views and sequences of ours with what `role` may do to them, columns as `table.column`. */
async function privilegesOf(role: string): Promise<Record<string, string[]>> {
  const rows = await sql<{ object: string; privileges: string[] }[]>`
    with objects as (
      select oid, relname, relkind, case relnamespace::regnamespace::text
        when 'public' then relname else relnamespace::regnamespace || '.' || relname end as object
      from pg_class
      where relnamespace::regnamespace::text in ('public', 'private') and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    ),
    granted as (
      select object, privilege from objects,
        unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']) privilege
      where relkind <> 'S' and has_table_privilege(${role}, oid, privilege)
      union all
      select object, privilege from objects, unnest(array['usage', 'select', 'update']) privilege
      where relkind = 'S' and has_sequence_privilege(${role}, oid, privilege)
      union all
      select object || '.' || attname, privilege
      from objects
      join pg_attribute on attrelid = oid and attnum > 0
      cross join unnest(array['select', 'insert', 'update', 'references']) privilege
      where relkind <> 'S' and has_column_privilege(${role}, oid, attname, privilege)
      and not has_table_privilege(${role}, oid, privilege)
    )
    select object, array_agg(privilege order by privilege) as privileges from granted group by object`
  return Object.fromEntries(rows.map(({ object, privileges }) => [object, privileges]))
}

/** The functions of ours that `role` may call, by name. */
async function functionsOf(role: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select pronamespace::regnamespace || '.' || proname as name
    from pg_proc
    where pronamespace::regnamespace::text in ('public', 'private') and has_function_privilege(${role}, oid, 'execute')
    order by name`
  return rows.map(({ name }) => name)
}

const each = (tables: string[], ...privileges: string[]) =>
  Object.fromEntries(tables.map((table) => [table, privileges]))

describe('what is granted, and nothing beside it', () => {
  test('visitors read what everybody may read', async () => {
    expect(await privilegesOf('anon')).toEqual(each(READS, 'select'))
    expect(await functionsOf('anon')).toEqual([])
  })

  test('people who are signed in read, and write nothing but their name', async () => {
    expect(await privilegesOf('authenticated')).toEqual({
      ...each([...READS, ...OWN_READS, ...ADMIN_READS], 'select'),
      'profiles.name': ['update'],
      'profiles.time_zone': ['update'],
    })
    expect(await functionsOf('authenticated')).toEqual([
      'private.first_seq_since',
      'private.is_admin',
      'private.like_pattern',
      'public.balance_parts',
      'public.ledger_page',
      'public.transaction_history',
      'public.usage_by_day',
      'public.usage_stats',
    ])
  })

  test('the server reads, sells and appoints; balances it changes through functions alone', async () => {
    expect(await privilegesOf('service_role')).toEqual({
      ...each([...READS, ...OWN_READS, ...ADMIN_READS], 'select'),
      payment_customers: ['select'],
      package_products: ['select'],
      user_roles: ['delete', 'insert', 'select'],
    })
    expect(await functionsOf('service_role')).toEqual([
      'private.first_seq_since',
      'private.like_pattern',
      'public.abandon_checkout',
      'public.accept_terms',
      'public.add_credits',
      'public.add_many',
      'public.adjust_credits',
      'public.apply_payment_event',
      'public.appoint_admin',
      'public.balance_parts',
      'public.ban_user',
      'public.begin_account_view',
      'public.begin_checkout',
      'public.begin_plan_change',
      'public.begin_product_sync',
      'public.business_figures',
      'public.cancel_run',
      'public.check_api_key',
      'public.check_ledger',
      'public.check_rate_limits',
      'public.claim_mails',
      'public.claim_payment_check',
      'public.claim_run',
      'public.close_account',
      'public.confirm_surplus',
      'public.create_api_key',
      'public.create_package',
      'public.current_subscription',
      'public.deduct_credits',
      'public.deduct_many',
      'public.delete_run',
      'public.dismiss_admin',
      'public.end_account_view',
      'public.end_plan_change',
      'public.end_product_sync',
      'public.end_sessions',
      'public.expire_grants',
      'public.export_account',
      'public.extend_hold',
      'public.fail_payment_refund',
      'public.find_customer',
      'public.finish_mail',
      'public.finish_payment_event',
      'public.give_credits',
      'public.give_existing_users',
      'public.initialize_credits',
      'public.is_live_admin',
      'public.ledger_page',
      'public.link_customer',
      'public.list_gift_batches',
      'public.list_sessions',
      'public.list_surplus_subscriptions',
      'public.live_mode',
      'public.needs_attention',
      'public.order_packages',
      'public.prepare_gift_batch',
      'public.preview_payment_refund',
      'public.purge_event_payloads',
      'public.purge_rate_limits',
      'public.purge_stored_responses',
      'public.queue_expiring_mails',
      'public.read_account',
      'public.read_account_view',
      'public.record_checkout',
      'public.record_customer_email',
      'public.record_event_replay',
      'public.record_job_run',
      'public.record_pending_confirmation',
      'public.record_reconciliation',
      'public.refund_transaction',
      'public.release_expired_holds',
      'public.release_hold',
      'public.release_signup_bonus',
      'public.report_run',
      'public.request_payment_refund',
      'public.request_surplus_refunds',
      'public.requeue_run',
      'public.reserve_credits',
      'public.reserve_many',
      'public.revoke_api_key',
      'public.revoke_api_keys',
      'public.rotate_api_key',
      'public.run_gift_batch',
      'public.search_users',
      'public.set_api_key_budgets',
      'public.set_live_mode',
      'public.set_low_balance_threshold',
      'public.set_low_balance_thresholds',
      'public.set_mail_wanted',
      'public.set_membership',
      'public.set_tool_switch',
      'public.settle_hold',
      'public.settle_many',
      'public.sign_out_user',
      'public.store_payment_event',
      'public.sum_up_days',
      'public.tool_figures',
      'public.transaction_history',
      'public.unban_user',
      'public.update_package',
      'public.usage_by_day',
      'public.usage_stats',
      'public.verify_ledger',
      'public.wallet_totals',
    ])
  })

  test('nothing is granted to everybody by name or by default, nor to a login of the API or of Realtime', async () => {
    const granted = await sql`
      select oid::regclass::text as object from pg_class, aclexplode(relacl)
      where relnamespace::regnamespace::text in ('public', 'private') and grantee = 0
      union all
      select oid::regprocedure::text from pg_proc,
        aclexplode(coalesce(proacl, acldefault('f', proowner)))
      where pronamespace::regnamespace::text in ('public', 'private') and grantee = 0`
    expect([...granted]).toEqual([])
    for (const login of ['supabase_auth_admin', 'supabase_realtime_admin']) {
      expect(await functionsOf(login)).toEqual([])
      const privileges = new Set(Object.values(await privilegesOf(login)).flat())
      // What keeps the API's own grants from doing anything; neither opens data.
      expect([...privileges].filter((privilege) => !['references', 'usage'].includes(privilege))).toEqual([])
    }
  })
})

describe('how it is guarded', () => {
  test('every table has row-level security, and every view uses the rights of who asks', async () => {
    const open = await sql`
      select oid::regclass::text from pg_class
      where relnamespace::regnamespace::text in ('public', 'private')
      and (relkind in ('r', 'p') and not relrowsecurity
        or relkind = 'v' and not coalesce(reloptions, '{}') @> array['security_invoker=true']
        or relkind in ('m', 'f'))`
    expect([...open]).toEqual([])
  })

  test('every policy is for reading, save the one for one’s own name', async () => {
    const writing = await sql`
      select tablename, cmd, roles::text[] from pg_policies where schemaname in ('public', 'private') and cmd <> 'SELECT'`
    expect([...writing]).toEqual([{ tablename: 'profiles', cmd: 'UPDATE', roles: ['authenticated'] }])
  })

  test('every function resolves names in no schema but those it says', async () => {
    const loose = await sql`
      select oid::regprocedure::text from pg_proc
      where pronamespace::regnamespace::text in ('public', 'private')
      and not coalesce(proconfig, '{}') @> array['search_path=""']`
    expect([...loose]).toEqual([])
  })

  test('people hear messages of the database by one policy, and send none', async () => {
    const policies = await sql`
      select cmd, roles::text[] from pg_policies where schemaname = 'realtime' and tablename = 'messages'`
    expect([...policies]).toEqual([{ cmd: 'SELECT', roles: ['authenticated'] }])
  })

  test('Realtime publishes wallets, payments, what comes in about them, subscriptions and what admins look after alone', async () => {
    const tables = await sql`
      select schemaname || '.' || tablename as name from pg_publication_tables
      where pubname = 'supabase_realtime' order by name`
    expect(tables.map(({ name }) => name)).toEqual([
      'public.credits',
      'public.job_runs',
      'public.package_syncs',
      'public.payment_disputes',
      'public.payment_events',
      'public.payment_refunds',
      'public.payments',
      'public.signup_bonuses',
      'public.subscriptions',
    ])
    expect(tables.map(({ name }) => name)).toEqual(FOLLOWED_TABLES.map((table) => `public.${table}`).sort())
  })

  test('by broadcast owners hear of their wallets and payments, and admins of each table that their pages follow', async () => {
    const tables = await sql<{ audience: string; names: string[] }[]>`
      select p.proname as audience, array_agg(c.relname::text order by c.relname) as names
      from private.broadcast_triggers() t
      join pg_proc p on p.oid = t.tgfoid
      join pg_class c on c.oid = t.tgrelid
      group by p.proname`
    expect(Object.fromEntries(tables.map(({ audience, names }) => [audience, names]))).toEqual({
      broadcast_to_owner: ['credits', 'payments', 'subscriptions'],
      broadcast_to_admins: [...ADMIN_TABLES].sort(),
    })
  })
})
