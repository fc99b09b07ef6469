import type { Operation } from './plan.ts'
import type { Records } from './records.ts'
import type { Violation, World } from './world.ts'

/** Whether the records keep what clients were told, and whether one key did one thing. */
export function checkAnswers(records: Records, { answers }: World): Violation[] {
  const violations: Violation[] = []
  const rows = new Map(records.ledger.map((entry) => [entry.id, entry]))
  const byKey = new Map<string, number>()
  for (const { operation, answer } of answers) {
    const id = answer.transaction_id
    if (!answer.ok || id === undefined) continue
    const row = rows.get(id)
    if (!row || (answer.amount !== undefined && row.amount !== answer.amount)) {
      violations.push({ rule: 'what was acknowledged is kept', details: { operation, answer, row } })
    }
    const key = keyOf(operation, row?.user_id ?? '')
    const other = key && byKey.get(key)
    if (other && other !== id) {
      violations.push({ rule: 'one key has one result', details: { operation, answer, other } })
    }
    if (key) byKey.set(key, id)
  }
  return [...violations, ...checkDeliveries(records, answers), ...checkDisputes(records, answers)]
}

function keyOf(operation: Operation, userId: string): string | undefined {
  return operation.kind === 'deliver'
    ? operation.payment
    : operation.key
      ? `${userId} ${operation.key}`
      : undefined
}

/** Every payment that a client was told has been applied has granted, and no other. */
function checkDeliveries(records: Records, answers: World['answers']): Violation[] {
  const granted = new Set(
    records.ledger.filter(({ type }) => type === 'purchase').map(({ reference_id }) => reference_id),
  )
  return answers.flatMap(({ operation, answer }) => {
    if (operation.kind !== 'deliver' || operation.status !== 'succeeded' || !answer.ok) return []
    if (granted.has(operation.payment)) return []
    return [{ rule: 'a payment that succeeded has granted', details: { operation, answer } }]
  })
}

/** A dispute that a client was told has ended never goes back to being open. */
function checkDisputes(records: Records, answers: World['answers']): Violation[] {
  return answers.flatMap(({ operation, answer }) => {
    if (operation.kind !== 'return' || operation.event.kind !== 'dispute' || !answer.ok) return []
    const { dispute_id, status } = operation.event
    const dispute = records.disputes.find(({ provider_dispute_id }) => provider_dispute_id === dispute_id)
    if (status === 'opened' || dispute?.status !== 'opened') return []
    return [{ rule: 'a dispute that ended stays ended', details: { operation, dispute } }]
  })
}
