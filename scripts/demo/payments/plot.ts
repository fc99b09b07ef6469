import { addInterval } from '../../../packages/dev-stack/dodopayments/subscriptions/interval.ts'
import { CAST, type Person } from '../people.ts'
import { type Act, DAYS, on } from '../story.ts'
import { cancelPlan, openDispute, refundPayment, renewPlan, winDispute } from './after-sale.ts'
import { buy, CARDS, leaveCheckout, payPastTheApp } from './buy.ts'
import { putOnSale } from './put-on-sale.ts'

/** Length in days of the first period of a monthly plan, which begins at the real time: 28 from January 31. */
function daysOfPeriod(now = new Date()): number {
  return Math.round((addInterval(now, 1, 'Month').getTime() - now.getTime()) / on(1))
}

const purchase = (day: number, person: Person, packageId: string, card?: string): Act => ({
  at: on(day, 1),
  tell: (story) => buy(story, person, packageId, card),
})
const renewal = (day: number, person: Person): Act => ({
  at: on(day + daysOfPeriod(), 2),
  tell: (story) => renewPlan(story, person),
})

/** Everything about money: packages, plans, what becomes of them, and what waits for the admin. */
export function money(): Act[] {
  return [
    { at: on(0, 1), tell: putOnSale },
    purchase(1, CAST.uma, 'starter'),
    purchase(6, CAST.uma, 'pro-monthly'),
    renewal(6, CAST.uma),
    // No plan may begin earlier: after two periods of 28 days its third would start before the story ends.
    purchase(5, CAST.priya, 'enterprise-monthly'),
    renewal(5, CAST.priya),
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
