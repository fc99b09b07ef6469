import type postgres from 'postgres'

/**
 * Makes `driver` forget a connection that broke while it was reserved, and refuse what is asked of it. The driver takes
 * any that is released for an open one, and the next query on it ends the process: it writes to a socket that is gone.
 */
export function dropBroken(driver: postgres.Sql): void {
  const reserve = driver.reserve.bind(driver)
  driver.reserve = async () => {
    const reserved = await reserve()
    const { release } = reserved
    let broken: Error | undefined
    reserved.unsafe = new Proxy(reserved.unsafe, {
      async apply(unsafe, self, args) {
        if (broken) throw broken
        try {
          return await Reflect.apply(unsafe, self, args)
        } catch (error) {
          if (isLoss(error)) broken = error
          throw error
        }
      },
    })
    // The driver itself puts one that has closed where it is connected anew.
    reserved.release = () => {
      if (!broken) release()
    }
    return reserved
  }
}

/** An error of the socket has a number; after a fatal one of the server nothing more comes. */
function isLoss(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return 'errno' in error || ('severity' in error && error.severity === 'FATAL')
}
