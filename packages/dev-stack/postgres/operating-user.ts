import { stat } from 'node:fs/promises'
import { type CommandResult, runCommand } from './run-command.ts'

/** How to run a Postgres program as somebody it accepts: it refuses to run as root. */
export type OperatingUser = { uid?: number; gid?: number; prefix: readonly string[] }

const MYSELF: OperatingUser = { prefix: [] }

/** A namespace in which root is an ordinary user: reaches every path that root does, owns files as root. */
const DISGUISED_ROOT: OperatingUser = {
  prefix: ['unshare', '--user', '--map-user=65534', '--map-group=65534'],
}

/** By its full path: the working directory is entered before the user changes. */
const PROBE = 'cd "$0" && exec "$1" --version'

/**
 * Picks who runs Postgres. Anyone but root runs it themselves. Root hands it to the owner of the existing
 * data directory, else to `postgres`, else to `nobody`, else to itself in disguise: whoever can reach
 * both `program` and `directory`.
 * @throws with a sentence when nobody can.
 */
export async function chooseOperatingUser(
  program: string,
  directory: string,
  dataDirectory: string,
): Promise<OperatingUser> {
  if (process.getuid?.() !== 0) return MYSELF
  for (const user of await candidates(dataDirectory)) {
    const probe = await runAs(user, 'sh', ['-c', PROBE, directory, program], directory)
    if (probe.code === 0) return user
  }
  throw new Error(
    `Postgres does not run as root, and no other user can reach ${directory}: run this as an ordinary user, or move the project to a folder that others may enter.`,
  )
}

async function candidates(dataDirectory: string): Promise<OperatingUser[]> {
  const data = await stat(dataDirectory).catch(() => undefined)
  if (data?.uid === 0) return [DISGUISED_ROOT]
  if (data) return [{ uid: data.uid, gid: data.gid, prefix: [] }]
  const users = await Promise.all([findUser('postgres'), findUser('nobody')])
  return [...users.filter((user) => user !== undefined), DISGUISED_ROOT]
}

async function findUser(name: string): Promise<OperatingUser | undefined> {
  const [uid, gid] = await Promise.all([runCommand('id', ['-u', name]), runCommand('id', ['-g', name])])
  const known = [uid, gid].every(({ code, output }) => code === 0 && /^[1-9]\d*$/.test(output))
  if (!known) return undefined
  return { uid: Number(uid.output), gid: Number(gid.output), prefix: [] }
}

/** Runs `program` as `user` in `directory`; never throws for a failing program. */
export function runAs(
  user: OperatingUser,
  program: string,
  args: readonly string[],
  directory: string,
): Promise<CommandResult> {
  const [command = program, ...rest] = [...user.prefix, program, ...args]
  return runCommand(command, rest, { cwd: directory, uid: user.uid, gid: user.gid })
}
