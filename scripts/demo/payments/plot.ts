import { CAST, type Person } from '../people.ts'
import { type Act, DAYS, on } from '../story.ts'
import { cancelPlan, openDispute, refundPayment, renewPlan, winDispute } from './after-sale.ts'
import { buy, CARDS, leaveCheckout, payPastTheApp } from './buy.ts'
import { putOnSale } from './put-on-sale.ts'

/** How many days the month from now on has: as many as the first period of every plan, which begins at the real time. */
function daysOfMonth(now = new Date()): number {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate()
}

const purchase = (day: number, person: Person, packageId: string, card?: string): Act => ({
  at: on(day, 1),
  tell: (story) => buy(story, person, packageId, card),
})
const renewal = (day: number, person: Person): Act => ({
  at: on(day + daysOfMonth(), 2),
  tell: (story) => renewPlan(story, person),
})

/** Everything about money: packages, plans, what becomes of them, and what waits for the admin. */
export function money(): Act[] {
  return [
    { at: on(0, 1), tell: putOnSale },
    purchase(1, CAST.uma, 'starter'),
    purchase(6, CAST.uma, 'pro-monthly'),
    renewal(6, CAST.uma),
    purchase(2, CAST.priya, 'enterprise-monthly'),
    renewal(2, CAST.priya),
    purchase(5, CAST.jonas, 'pro'),
    { at: on(11), tell: (story) => openDispute(story, CAST.jonas) },
    { at: on(23), tell: (story) => winDispute(story, CAST.jonas) },
    purchase(40, CAST.jonas, 'starter'),
    purchase(9, CAST.mara, 'starter', CARDS.declined),
    purchase(9.01, CAST.mara, 'starter'),
    purchase(11, CAST.tom, 'pro-monthly'),
    { at: on(29), tell: (story) => cancelPlan(story, CAST.tom) },
    renewal(11, CAST.tom),
    purchase(37, CAST.lucia, 'pro'),
    {
      at: on(45),
      tell: (story) => refundPayment(story, CAST.lucia, 1_500, 'Did not need all of it'),
    },
    purchase(17, CAST.elena, 'pro-monthly', CARDS.failsOnRenewal),
    renewal(17, CAST.elena),
    purchase(21, CAST.chen, 'pro'),
    { at: on(DAYS - 6), tell: (story) => openDispute(story, CAST.chen) },
    purchase(34, CAST.oliver, 'pro-yearly'),
    purchase(50, CAST.lucia, 'pro-monthly'),
    { at: on(DAYS - 4), tell: (story) => payPastTheApp(story, CAST.mara, 'starter') },
    { at: on(DAYS) - 15 * 60_000, tell: (story) => leaveCheckout(story, CAST.noor, 'pro') },
  ]
}
