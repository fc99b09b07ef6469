let lastTime = 0
let counter = 0

/** An id (UUID, version 7) that sorts after every one this process made before. */
export function newId(): string {
  const time = Date.now()
  counter = time > lastTime ? 0 : counter + 1
  lastTime = Math.max(time, lastTime)
  if (counter > 0xfff) {
    lastTime += 1
    counter = 0
  }
  const timestamp = lastTime.toString(16).padStart(12, '0')
  const random = crypto.randomUUID()
  return `${timestamp.slice(0, 8)}-${timestamp.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${random.slice(19)}`
}
