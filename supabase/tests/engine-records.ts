import { MAX_AMOUNT } from './engine-requests.ts'

export type Grant = { remaining: number; priority: number; expiresAt: number; id: number }
/** Credits of one grant, or of none. */
type Part = { grant: Grant | null; amount: number }
export type Entry = {
  wallet: Wallet
  type: string
  amount: number
  balance: number
  seq: number
  /** Of a deduction: what is not given back, in the order in which it was taken. */
  kept: Part[]
}
export type Hold = { charge: Entry; status: string; settled: number | null; expiresAt: number }

export const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

export class Wallet {
  balance = 0
  /** Balances stop at what a number holds exactly; the totals of a wallet whose credits expired go past it. */
  purchased = 0n
  used = 0n
  version = 0
  grants: Grant[] = []
  readonly person: Person
  readonly type: string

  constructor(person: Person, type: string) {
    this.person = person
    this.type = type
  }

  /** Grants whose time has come and whose credits are still in the balance. */
  due(now: number): Grant[] {
    const due = this.grants.filter(({ remaining, expiresAt }) => remaining > 0 && expiresAt <= now)
    return due.sort((a, b) => a.expiresAt - b.expiresAt || a.id - b.id)
  }

  nextExpiry(): number | null {
    const times = this.grants.filter(({ remaining }) => remaining > 0).map(({ expiresAt }) => expiresAt)
    return times.length > 0 ? Math.min(...times) : null
  }
}

export class Person {
  readonly wallets = new Map<string, Wallet>()
  readonly keys = new Map<string, { asked: string; entry: Entry; hold?: Hold }>()
  tier: { name: string | null; until: number } = { name: null, until: 0 }
  rate = { nextFree: Number.NEGATIVE_INFINITY, refused: 0 }
}

/** The records of two people, and what may happen in them. Times are hours. */
export class Records {
  readonly people = [new Person(), new Person()]
  readonly ledger: Entry[] = []
  readonly grants: Grant[] = []
  readonly holds: Hold[] = []
  now = 0
  /** Refusals in the audit log. */
  noted = 0

  constructor() {
    // Signing up opens this one.
    for (const person of this.people) this.open(person, 'general')
  }

  open(person: Person, type: string): Wallet | undefined {
    if (type === 'nothing') return undefined
    const wallet = person.wallets.get(type) ?? new Wallet(person, type)
    person.wallets.set(type, wallet)
    return wallet
  }

  give(
    wallet: Wallet,
    type: string,
    amount: number,
    expiry?: { expiresAt: number; priority: number },
  ): Entry {
    this.expireDue(wallet)
    const entry = this.#post(wallet, type, amount)
    if (expiry) {
      const grant = { remaining: amount, id: this.grants.length, ...expiry }
      this.grants.push(grant)
      wallet.grants.push(grant)
    }
    return entry
  }

  /** Grants go first: by priority, then the soonest to expire, then the oldest. */
  take(wallet: Wallet, type: string, amount: number): Entry {
    this.expireDue(wallet)
    const order = (a: Grant, b: Grant) => a.priority - b.priority || a.expiresAt - b.expiresAt || a.id - b.id
    const kept: Part[] = []
    let left = amount
    for (const grant of wallet.grants.toSorted(order)) {
      const share = Math.min(grant.remaining, left)
      if (share > 0) kept.push({ grant, amount: share })
      grant.remaining -= share
      left -= share
    }
    if (left > 0) kept.push({ grant: null, amount: left })
    return this.#post(wallet, type, -amount, kept)
  }

  /** What was taken last comes back first, to the grant it came from; if that has expired, it does so at once. */
  restore(charge: Entry, amount: number): Entry {
    this.expireDue(charge.wallet)
    for (let left = amount; left > 0; ) {
      const part = charge.kept.at(-1)
      if (!part) throw new Error('More comes back than was taken.')
      const share = Math.min(part.amount, left)
      if (part.grant) part.grant.remaining += share
      part.amount -= share
      left -= share
      if (part.amount === 0) charge.kept.pop()
    }
    const entry = this.#post(charge.wallet, 'refund', amount)
    this.expireDue(charge.wallet)
    return entry
  }

  /** Posts what has expired; tells whether anything had. */
  expireDue(wallet: Wallet): boolean {
    const due = wallet.due(this.now)
    for (const grant of due) {
      const { remaining } = grant
      grant.remaining = 0
      this.#post(wallet, 'expiry', -remaining)
    }
    return due.length > 0
  }

  hold(charge: Entry, expiresAt: number): Hold {
    const hold: Hold = { charge, status: 'open', settled: null, expiresAt }
    this.holds.push(hold)
    return hold
  }

  endHold(hold: Hold, status: string, keep: number): void {
    const back = -hold.charge.amount - keep
    if (back > 0) this.restore(hold.charge, back)
    hold.status = status
    hold.settled = status === 'settled' ? keep : null
  }

  /** Holds of a wallet that nobody ended in time. */
  deadHolds(wallet: Wallet): Hold[] {
    return this.holds.filter(
      ({ charge, status, expiresAt }) =>
        status === 'open' && expiresAt <= this.now && wallet === charge.wallet,
    )
  }

  available(wallet: Wallet | undefined): number {
    if (!wallet) return 0
    return wallet.balance - sum(wallet.due(this.now).map(({ remaining }) => remaining))
  }

  /** What ending the dead holds of a wallet would let it spend: not what goes back to grants that have expired. */
  reclaimable(wallet: Wallet): number {
    const parts = this.deadHolds(wallet).flatMap(({ charge }) => charge.kept)
    return sum(parts.filter(({ grant }) => !grant || grant.expiresAt > this.now).map(({ amount }) => amount))
  }

  /** What fits into a wallet, with what its open holds may bring back. */
  headroom(wallet: Wallet | undefined): number {
    const open = this.holds.filter(({ charge, status }) => charge.wallet === wallet && status === 'open')
    return MAX_AMOUNT - this.available(wallet) - sum(open.map(({ charge }) => -charge.amount))
  }

  /** As the database lists them. */
  list() {
    return {
      noted: this.noted,
      wallets: this.people.flatMap(({ wallets }, person) =>
        [...wallets.values()]
          .sort((a, b) => (a.type < b.type ? -1 : 1))
          .map((w) => [person, w.type, w.balance, `${w.purchased}`, `${w.used}`, w.version, w.nextExpiry()]),
      ),
      ledger: this.ledger.map(({ type, amount, balance, seq }) => [type, amount, balance, seq]),
      grants: this.grants.map(({ remaining, priority }) => [remaining, priority]),
      holds: this.holds.map(({ status, charge, settled }) => [status, -charge.amount, settled]),
      refused: this.people.flatMap(({ rate }, person) => (rate.refused > 0 ? [[person, rate.refused]] : [])),
    }
  }

  #post(wallet: Wallet, type: string, amount: number, kept: Part[] = []): Entry {
    wallet.balance += amount
    wallet.version += 1
    if (type === 'purchase' || type === 'subscription_grant') wallet.purchased += BigInt(amount)
    if (type === 'deduction' || type === 'refund') wallet.used -= BigInt(amount)
    const entry = { wallet, type, amount, balance: wallet.balance, seq: wallet.version, kept }
    this.ledger.push(entry)
    return entry
  }
}
