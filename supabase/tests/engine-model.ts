import { type Entry, type Hold, type Person, Records, sum, type Wallet } from './engine-records.ts'
import { type Ask, MAX_AMOUNT, RATE, type Request } from './engine-requests.ts'

/** As the engine answers, with the ledger row itself for its id. */
export type EngineResult = { ok: boolean; entry?: Entry } & Record<string, unknown>

const refuse = (code: string, details: Record<string, unknown> = {}): EngineResult => ({
  ok: false,
  code,
  ...details,
})
const isAmount = (amount: number) => amount >= 1 && amount <= MAX_AMOUNT

/** What the engine promises, in memory and plain words: the SQL must answer the same and keep the same records. */
export class EngineModel {
  readonly records = new Records()

  perform(ask: Request): EngineResult {
    const answer = this.#answer(ask)
    // Refusals by the rate limit are counted, not written one by one.
    if (!answer.ok && answer.code !== 'rate_limited') this.records.noted++
    return answer
  }

  #answer(ask: Request): EngineResult {
    switch (ask.operation) {
      case 'add':
        return this.#add(ask, JSON.stringify(ask))
      case 'initialize':
        return this.#initialize(ask)
      case 'deduct':
        return this.#deduct(ask)
      case 'adjust':
        return this.#adjust(ask)
      case 'reserve':
        return this.#reserve(ask)
      case 'settle':
        return this.#settle(ask)
      case 'release':
        return this.#release(ask)
      case 'refund':
        return this.#refund(ask)
      case 'join':
        this.#person(ask.user).tier = { name: ask.tier, until: this.records.now + ask.hours + 0.5 }
        return { ok: true }
      case 'release expired holds':
        return { ok: true, released: sum(this.#wallets().map((wallet) => this.#endDeadHolds(wallet))) }
      case 'expire grants':
        return {
          ok: true,
          wallets: this.#wallets().filter((wallet) => this.records.expireDue(wallet)).length,
        }
      case 'wait':
        this.records.now += ask.hours
        return { ok: true }
    }
  }

  #add(ask: Omit<Ask<'add'>, 'operation'>, asked: string): EngineResult {
    if (!isAmount(ask.amount)) return refuse('invalid_amount')
    const person = this.#person(ask.user)
    const replay = this.#replay(person, ask.key, asked)
    if (replay) return replay
    if (ask.hours !== null && ask.hours < 0) return refuse('already_expired')
    if (ask.amount > this.records.headroom(person.wallets.get(ask.type))) return refuse('balance_limit')
    const wallet = this.records.open(person, ask.type)
    if (!wallet) return refuse('unknown_credit_type')
    const expiry =
      ask.hours === null
        ? undefined
        : { expiresAt: this.records.now + ask.hours + 0.5, priority: ask.priority }
    return this.#remember(this.records.give(wallet, ask.kind, ask.amount, expiry), ask.key, asked)
  }

  #initialize({ user, type, amount }: Ask<'initialize'>): EngineResult {
    if (amount < 0 || amount > MAX_AMOUNT) return refuse('invalid_amount')
    if (amount > 0) {
      const bonus = { user, type, amount, kind: 'signup_bonus', hours: null, priority: 0 }
      return this.#add({ ...bonus, key: `signup_bonus:${type}` }, 'signup_bonus')
    }
    const wallet = this.records.open(this.#person(user), type)
    if (!wallet) return refuse('unknown_credit_type')
    return { ok: true, balance: wallet.balance, version: wallet.version }
  }

  #deduct(ask: Ask<'deduct'>): EngineResult {
    if (!isAmount(ask.amount)) return refuse('invalid_amount')
    const person = this.#person(ask.user)
    const replay = this.#replay(person, ask.key, JSON.stringify(ask))
    if (replay) return replay
    const wallet = person.wallets.get(ask.type)
    if (!wallet || this.records.available(wallet) < ask.amount) return this.#insufficient(wallet, ask.amount)
    return this.#remember(this.records.take(wallet, 'deduction', ask.amount), ask.key, JSON.stringify(ask))
  }

  #adjust(ask: Ask<'adjust'>): EngineResult {
    if (!isAmount(Math.abs(ask.amount))) return refuse('invalid_amount')
    const person = this.#person(ask.user)
    const replay = this.#replay(person, ask.key, JSON.stringify(ask))
    if (replay) return replay
    const existing = person.wallets.get(ask.type)
    const balance = this.records.available(existing)
    if (-ask.amount > balance) return refuse('insufficient_credits', { balance, required: -ask.amount })
    if (ask.amount > this.records.headroom(existing)) return refuse('balance_limit')
    const wallet = this.records.open(person, ask.type)
    if (!wallet) return refuse('unknown_credit_type')
    const entry =
      ask.amount > 0
        ? this.records.give(wallet, 'admin_adjustment', ask.amount)
        : this.records.take(wallet, 'admin_adjustment', -ask.amount)
    return this.#remember(entry, ask.key, JSON.stringify(ask))
  }

  #reserve(ask: Ask<'reserve'>): EngineResult {
    const { records } = this
    const person = this.#person(ask.user)
    const asked = JSON.stringify(ask)
    // Whoever asks for a dead run again hears at once that it has ended.
    if (this.#replay(person, ask.key, asked)?.ok) this.#endIfDead(person.keys.get(ask.key ?? '')?.hold)
    const replay = this.#replay(person, ask.key, asked)
    if (replay) return replay
    const nextFree = Math.max(person.rate.nextFree, records.now) + RATE.hours / RATE.requests
    if (ask.limited && nextFree > records.now + RATE.hours) {
      person.rate.refused++
      return refuse('rate_limited', { hours: nextFree - records.now - RATE.hours })
    }
    // Every attempt counts, also one that is refused below.
    if (ask.limited) person.rate.nextFree = nextFree
    const tier = person.tier.until > records.now ? person.tier.name : null
    if (ask.needsPro && tier !== 'pro') return refuse('membership_required', { tier, required_tier: 'pro' })
    const price = (tier === 'pro' && ask.prices.pro) || ask.prices.default
    if (!isAmount(price)) return refuse('invalid_amount')
    const wallet = person.wallets.get(ask.type)
    if (!wallet || records.available(wallet) + records.reclaimable(wallet) < price) {
      return this.#insufficient(wallet, price)
    }
    if (records.available(wallet) < price) this.#endDeadHolds(wallet)
    const charge = records.take(wallet, 'deduction', price)
    const hold = records.hold(charge, records.now + ask.hours + 0.5)
    return this.#remember(charge, ask.key, asked, hold)
  }

  #settle({ hold: index, amount }: Ask<'settle'>): EngineResult {
    const hold = this.#nth(this.records.holds, index)
    if (!hold) return refuse('hold_not_found')
    const price = -hold.charge.amount
    const keep = amount ?? price
    if (keep > price) return refuse('invalid_amount')
    if (hold.status === 'settled' && hold.settled === keep)
      return { ok: true, status: 'settled', replayed: true }
    if (hold.status !== 'open') return refuse('hold_closed', { status: hold.status })
    return this.#end(hold, 'settled', keep)
  }

  #release({ hold: index }: Ask<'release'>): EngineResult {
    const hold = this.#nth(this.records.holds, index)
    if (!hold) return refuse('hold_not_found')
    if (hold.status === 'settled') return refuse('hold_closed', { status: hold.status })
    if (hold.status !== 'open') return { ok: true, status: hold.status, replayed: true }
    return this.#end(hold, 'released', 0)
  }

  #end(hold: Hold, status: string, keep: number): EngineResult {
    this.records.endHold(hold, status, keep)
    const { balance, version } = hold.charge.wallet
    return { ok: true, status, balance, version, replayed: false }
  }

  #endIfDead(hold: Hold | undefined): void {
    const wallet = hold?.charge.wallet
    if (wallet && this.records.deadHolds(wallet).includes(hold)) this.#endDeadHolds(wallet)
  }

  #endDeadHolds(wallet: Wallet): number {
    const dead = this.records.deadHolds(wallet)
    for (const hold of dead) this.records.endHold(hold, 'expired', 0)
    return dead.length
  }

  #refund({ charge: index, amount, key }: Ask<'refund'>): EngineResult {
    const { records } = this
    const charges = records.ledger.filter(({ type }) => type === 'deduction')
    const charge = this.#nth(charges, index)
    if (!charge) return refuse('transaction_not_found')
    const itsKey = key ?? `refund:${charges.indexOf(charge)}`
    const asked = JSON.stringify(['refund', charges.indexOf(charge), amount])
    const replay = this.#replay(charge.wallet.person, itsKey, asked)
    const refundable = sum(charge.kept.map((part) => part.amount))
    // Without a key of its own a charge is refunded once.
    if (key === null && replay && !replay.ok) return refuse('not_refundable', { refundable })
    if (replay) return replay
    if (records.holds.some((hold) => hold.charge === charge && hold.status === 'open'))
      return refuse('hold_open')
    if (refundable === 0) return refuse('not_refundable')
    const back = amount ?? refundable
    if (back < 1 || back > refundable) return refuse('invalid_amount', { refundable })
    if (back > records.headroom(charge.wallet)) return refuse('balance_limit')
    return this.#remember(records.restore(charge, back), itsKey, asked)
  }

  #wallets(): Wallet[] {
    return this.records.people.flatMap((person) => [...person.wallets.values()])
  }

  #person(index: number): Person {
    const person = this.records.people[index]
    if (!person) throw new Error(`There is no person ${index}.`)
    return person
  }

  #nth<Item>(items: Item[], index: number): Item | undefined {
    return items[index % items.length]
  }

  #insufficient(wallet: Wallet | undefined, required: number): EngineResult {
    const balance = this.records.available(wallet)
    return refuse('insufficient_credits', { balance, required, shortfall: required - balance })
  }

  #replay(person: Person, key: string | null, asked: string): EngineResult | undefined {
    const earlier = key === null ? undefined : person.keys.get(key)
    if (!earlier) return undefined
    if (earlier.asked !== asked) return refuse('idempotency_conflict')
    return this.#change(earlier.entry, true, earlier.hold)
  }

  #remember(entry: Entry, key: string | null, asked: string, hold?: Hold): EngineResult {
    if (key !== null) entry.wallet.person.keys.set(key, { asked, entry, ...(hold && { hold }) })
    return this.#change(entry, false, hold)
  }

  #change(entry: Entry, replayed: boolean, hold?: Hold): EngineResult {
    const change = {
      ok: true,
      entry,
      amount: entry.amount,
      balance: entry.balance,
      version: entry.seq,
      replayed,
    }
    return hold ? { ...change, status: hold.status, settled_amount: hold.settled } : change
  }
}
