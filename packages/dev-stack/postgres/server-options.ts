const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  wal_level: 'logical',
  max_slot_wal_keep_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
}

/** The server's settings as `pg_ctl -o` takes them. Values may not hold spaces. */
export function serverOptions(settings: Record<string, string>): string {
  return Object.entries({ ...DEFAULTS, ...settings })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}
