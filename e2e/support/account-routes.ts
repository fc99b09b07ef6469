import { NOBODY, type RouteWithInput } from './route-with-input.ts'

/** The routes of an account that change something and take JSON. */
export const ACCOUNT_ROUTES: RouteWithInput[] = [
  {
    path: '/api/account/close',
    right: () => ({ confirmation: 'yes' }),
    wrong: [
      { confirmation: undefined },
      { confirmation: 5 },
      { confirmation: 'x'.repeat(321) },
      { confirmation: 'yes\0' },
      { userId: NOBODY },
    ],
  },
  {
    path: '/api/account/sessions/end',
    right: () => ({ sessionId: NOBODY }),
    wrong: [{ sessionId: 'mine' }, { sessionId: undefined }, { sessionId: [NOBODY] }, { userId: NOBODY }],
  },
  // #region api
  {
    path: '/api/runs/1',
    right: () => ({ action: 'cancel' }),
    wrong: [{ action: 'run' }, { action: undefined }, { action: ['cancel'] }, { userId: NOBODY }],
  },
  {
    path: '/api/account/api-keys',
    right: () => ({ name: 'A key', scopes: ['balance:read'] }),
    wrong: [
      { name: ' ' },
      { name: 'x'.repeat(61) },
      { name: 'A\0key' },
      { scopes: [] },
      { scopes: ['tools'] },
      { scopes: 'tools:*' },
      { scopes: ['tools:*\0'] },
      { expiresAt: 'soon' },
      { allowedAddresses: ['example.com'] },
      { allowedAddresses: ['10.0.0.0/33'] },
      { allowedOrigins: ['https://example.com/'] },
      { allowedOrigins: ['javascript:alert(1)'] },
      { budgets: { perDay: 0 } },
      { budgets: { perDay: 1.5 } },
      { budgets: { perWeek: 5 } },
      { ownerId: NOBODY },
    ],
  },
  {
    path: '/api/account/api-keys/1',
    right: () => ({ action: 'revoke' }),
    wrong: [
      { action: 'delete' },
      { action: undefined },
      { action: 'rotate' },
      { action: 'rotate', overlapSeconds: -1 },
      { action: 'rotate', overlapSeconds: 604_801 },
      { action: 'set_budgets', budgets: { total: 0 } },
      { ownerId: NOBODY },
    ],
    missing: [[{}, 'api_key_not_found']],
  },
  // #endregion
]
