import type { Row } from '../sql/row.ts'

/** A client that Prisma has generated, and the one it hands to the work of `$transaction`. */
export type PrismaClientLike = {
  $transaction(work: (txn: object) => Promise<unknown>, options?: object): Promise<unknown>
}

/** What the adapter calls of a model. */
export type Delegate = {
  findUnique(args: object): Promise<Row | null>
  findMany(args: object): Promise<Row[]>
  create(args: object): Promise<Row>
  createMany(args: object): Promise<{ count: number }>
  updateMany(args: object): Promise<{ count: number }>
  deleteMany(args: object): Promise<{ count: number }>
  aggregate(args: object): Promise<Row>
}

const METHODS = ['findUnique', 'findMany', 'create', 'createMany', 'updateMany', 'deleteMany', 'aggregate']

/**
 * A model of the client, by the name it has there, as in `prisma.user`.
 * @throws when there is none
 */
export function modelOf(client: object, name: string): Delegate {
  const model: unknown = Reflect.get(client, name)
  if (!isDelegate(model))
    throw new Error(`The Prisma client has no model ${name}. Name yours in the mapping.`)
  return model
}

function isDelegate(model: unknown): model is Delegate {
  if (typeof model !== 'object' || model === null) return false
  return METHODS.every((method) => typeof Reflect.get(model, method) === 'function')
}

export type Provider = 'postgresql' | 'mysql' | 'sqlite' | 'cockroachdb' | 'sqlserver'

/** Which database the client was generated for; PostgreSQL where it does not say. */
export function providerOf(client: object): Provider {
  const name: unknown = Reflect.get(client, '_activeProvider')
  switch (name) {
    case 'mysql':
    case 'sqlite':
    case 'cockroachdb':
    case 'sqlserver':
      return name
    default:
      return 'postgresql'
  }
}
