import { readFile } from 'node:fs/promises'
import { runCommand } from './run-command.ts'

/** Tells a running process from a later one that was given the same id. */
export type ProcessIdentity = { startedAt: string; command: string }

/** Who runs under this process id now; undefined for nobody (a dead process not yet reaped is nobody). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform === 'linux') return await identifyByProc(pid)
  if (process.platform === 'win32') return await identifyByPowerShell(pid)
  return await identifyByPs(pid)
}

async function identifyByProc(pid: number): Promise<ProcessIdentity | undefined> {
  const [stat, command] = await Promise.all(
    ['stat', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  )
  // The name in brackets may hold spaces; the start time is the 20th field after it.
  const startedAt = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return startedAt && command ? { startedAt, command: command.replaceAll('\0', ' ') } : undefined
}

async function identifyByPs(pid: number): Promise<ProcessIdentity | undefined> {
  const { output } = await runCommand('ps', ['-ww', '-o', 'stat=,lstart=,args=', '-p', String(pid)])
  const [, state, startedAt, command] = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(output) ?? []
  return startedAt && command && !state?.startsWith('Z') ? { startedAt, command } : undefined
}

async function identifyByPowerShell(pid: number): Promise<ProcessIdentity | undefined> {
  const query = `$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'; if ($p) { "$($p.CreationDate.Ticks) $($p.CommandLine)" }`
  const { output } = await runCommand('powershell', ['-NoProfile', '-Command', query])
  const [, startedAt, command] = /^(\d+) (.*)$/.exec(output) ?? []
  return startedAt && command ? { startedAt, command } : undefined
}
