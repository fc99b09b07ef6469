import 'server-only'
import { adjustCredits } from '@/lib/admin/adjust-credits' // #only admin
// #region admin payments
import { createPackage, readPackageVersion, updatePackage } from '@/lib/admin/packages/save-package'
import { syncAfterSave } from '@/lib/admin/packages/sync-after-save'
import { refreshPublicPages } from '@/lib/catalog/refresh-public-pages'
// #endregion
import { credits as contracts } from '@/lib/contracts/credits'
import * as packageContracts from '@/lib/contracts/package-changes' // #only admin payments
import { creditService, UNOPENED_WALLET } from '@/lib/credits'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { NotFoundError } from '@/lib/http/errors'
import {
  adminProcedure, // #only admin
  publicProcedure, // #only payments
  userProcedure,
} from '@/lib/http/procedures'
// #region payments
import { listForSale } from './list-for-sale'
import { createCheckout } from './marketplace'
// #endregion
import { readHistory } from './read-history'

export const credits = {
  getBalances: userProcedure(contracts.getBalances, async ({ user }) => {
    const [types, balances] = await Promise.all([listCreditTypes(), creditService.getAllBalances(user.id)])
    return Object.fromEntries(types.map(({ id }) => [id, balances[id] ?? UNOPENED_WALLET]))
  }),

  getBalance: userProcedure(contracts.getBalance, async ({ user, input: { creditType } }) => {
    const [balances, expiring] = await Promise.all([
      creditService.getAllBalances(user.id),
      creditService.getExpiringCredits(user.id),
    ])
    return { ...(balances[creditType] ?? UNOPENED_WALLET), creditType, balances, expiring }
  }),

  checkBalance: userProcedure(contracts.checkBalance, ({ user, input: { creditType, required } }) =>
    creditService.checkBalance(user.id, required, creditType),
  ),

  getTransactionHistory: userProcedure(contracts.getTransactionHistory, ({ user, input }) =>
    readHistory(user.id, input),
  ),

  getUsageStats: userProcedure(contracts.getUsageStats, async ({ user, input }) => {
    const { creditType, startDate, endDate } = input
    const range = { creditType, from: startDate ?? input.from, to: endDate ?? input.to }
    const [usage, balance] = await Promise.all([
      creditService.getUsageStats(user.id, range),
      creditService.getUserCredits(user.id, creditType),
    ])
    if (!usage) throw new NotFoundError('You have no credits of this type.', 'wallet_not_found')
    return { ...usage, balance, transactions: usage.count, averageDaily: usage.averagePerDay }
  }),

  // #region payments
  getPackages: publicProcedure(contracts.getPackages, async ({ input: { creditType } }) => {
    const packages = await listForSale()
    return packages.filter((offer) => creditType === undefined || offer.creditType === creditType)
  }),

  purchaseCredits: createCheckout,
  // #endregion

  // #region admin
  adjustCredits: adminProcedure(contracts.adjustCredits, ({ admin, input }) =>
    adjustCredits(admin.id, input),
  ),
  // #endregion

  // #region admin payments
  createPackage: adminProcedure(packageContracts.createPackage, async ({ admin, input }) => {
    const saved = await createPackage(input, admin.id)
    syncAfterSave(saved.id, admin.id)
    refreshPublicPages()
    return saved
  }),

  updatePackage: adminProcedure(packageContracts.updatePackage, async ({ admin, input }) => {
    const { id, version, ...changes } = input
    const seen = version ?? (await readPackageVersion(id))
    const saved = await updatePackage(id, { ...changes, version: seen }, admin.id)
    syncAfterSave(saved.id, admin.id)
    refreshPublicPages()
    return saved
  }),
  // #endregion
}
