import {
  ADMIN_PAGES, // #only payments admin
  APP_PAGES,
  AUTH_PAGES,
  DOCS_PAGES,
  PUBLIC_PAGES,
} from '../../e2e/support/page-paths.ts'
import { CAST } from '../demo/people.ts'
import { DIALOGS } from './dialogs.ts'
import type { Scene, Who } from './scene.ts'

/** `/admin/users?q=x` is `admin-users-q-x`, and `/` is `landing`. */
function nameOf(path: string): string {
  return path.replace(/^\//, '').replaceAll(/[^a-z0-9]+/gi, '-') || 'landing'
}

const open = (paths: readonly string[], as?: Who): Scene[] =>
  paths.map((path) => ({
    name: [nameOf(path), ...(as && as !== 'uma' && as !== 'ada' ? [as] : [])].join('-of-'),
    path,
    ...(as && { as }),
  }))

/** Every page, and the states of it that look different. */
export const SCENES: readonly Scene[] = [
  ...open([...PUBLIC_PAGES, ...AUTH_PAGES, ...DOCS_PAGES, '/no-such-page']),
  ...open(APP_PAGES, 'uma'),
  ...open(['/transactions?q=nothing-is-called-so', '/tools/no-such-tool'], 'uma'),
  // #region payments
  ...open(['/buy-credits?show=plans', '/payment-success?payment_id=pay_unknown'], 'uma'),
  ...open(['/dashboard', '/billing'], 'elena'),
  ...open(['/dashboard', '/billing', '/transactions'], 'chen'),
  // #endregion
  ...open(['/dashboard'], 'mara'),
  ...open(
    [
      '/dashboard',
      '/transactions',
      '/runs',
      '/billing', // #only payments
    ],
    'noor',
  ),
  // #region payments admin
  ...open(ADMIN_PAGES, 'ada'),
  ...open(['/admin/users?q=nobody-has-this-address', '/admin/no-such-page'], 'ada'),
  ...(['uma', 'chen', 'sam'] as const).map(
    (who): Scene => ({ name: `admin-user-${who}`, path: `/admin/users/${CAST[who].id}`, as: 'ada' }),
  ),
  // #endregion
  ...DIALOGS,
]
