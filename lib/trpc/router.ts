import 'server-only'
import { initTRPC } from '@trpc/server'
import type { z } from 'zod'
import type { Procedure } from '@/lib/http/procedures'
import { credits } from '@/lib/procedures/credits'
import { marketplace, stripeWebhook } from '@/lib/procedures/marketplace' // #only payments
import { formatError, toTrpcError } from './errors'

const t = initTRPC.context<{ request: Request }>().create({ errorFormatter: formatError })

/** An input as it was sent: the procedure checks it, after it has checked who calls. */
function unchecked<Input>() {
  const validate = (value: unknown) => ({ value })
  return {
    '~standard': { version: 1, vendor: 'contracts', validate, types: undefined },
  } satisfies Unchecked<Input>
}

type Unchecked<Input> = {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => { value: unknown }
    readonly types?: { readonly input: Input; readonly output: unknown } | undefined
  }
}

function asQuery<In extends z.ZodType, Out extends z.ZodType>({ call }: Procedure<'query', In, Out>) {
  const input: Unchecked<z.input<In>> = unchecked<z.input<In>>()
  return t.procedure
    .input(input)
    .query(({ ctx, input: raw }) => call(ctx.request, () => raw).catch(toTrpcError))
}

function asMutation<In extends z.ZodType, Out extends z.ZodType>({ call }: Procedure<'mutation', In, Out>) {
  const input: Unchecked<z.input<In>> = unchecked<z.input<In>>()
  return t.procedure
    .input(input)
    .mutation(({ ctx, input: raw }) => call(ctx.request, () => raw).catch(toTrpcError))
}

/** The tRPC door of every procedure. */
export const appRouter = t.router({
  credits: t.router({
    getBalances: asQuery(credits.getBalances),
    getBalance: asQuery(credits.getBalance),
    checkBalance: asQuery(credits.checkBalance),
    getTransactionHistory: asQuery(credits.getTransactionHistory),
    getUsageStats: asQuery(credits.getUsageStats),
    // #region payments
    getPackages: asQuery(credits.getPackages),
    purchaseCredits: asMutation(credits.purchaseCredits),
    // #endregion
    // #region admin
    adjustCredits: asMutation(credits.adjustCredits),
    // #endregion
    // #region admin payments
    createPackage: asMutation(credits.createPackage),
    updatePackage: asMutation(credits.updatePackage),
    // #endregion
  }),
  // #region payments
  marketplace: t.router({
    getProducts: asQuery(marketplace.getProducts),
    createCheckout: asMutation(marketplace.createCheckout),
    verifyCheckout: asQuery(marketplace.verifyCheckout),
  }),
  stripeWebhook: t.router({
    fulfillCheckoutSession: asMutation(stripeWebhook.fulfillCheckoutSession),
  }),
  // #endregion
})

/** For clients: `createTRPCClient<AppRouter>`. */
export type AppRouter = typeof appRouter
