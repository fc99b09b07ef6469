export const NOBODY = '00000000-0000-4000-8000-000000000000'

/** A route that takes a body, with what may be wrong about it. */
export type RouteWithInput = {
  path: string
  admin?: true
  /** A request that would be carried out. */
  right: (userId: string) => object
  /** Changes to it, each of which is one mistake. */
  wrong: object[]
  /** Changes to it that name what there is not, with the code of the 404. */
  missing?: [change: object, code: string][]
  /** 16,384 by default. */
  maxBytes?: number
}
