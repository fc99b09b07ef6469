import { brandId } from '@/lib/brand'

type Server = { url: string; keyVariable: string }

const toJson = (value: object) => JSON.stringify(value, null, 2)

/** How the usual clients of the Model Context Protocol are told of our server, each with the file or program it is for. */
export function listClients({ url, keyVariable }: Server): { name: string; file: string; code: string }[] {
  const bearer = (variable: string) => ({ Authorization: `Bearer ${variable}` })
  return [
    {
      name: 'Claude Code',
      file: 'Terminal',
      code: `claude mcp add --transport http ${brandId} ${url} --header "Authorization: Bearer $${keyVariable}"`,
    },
    {
      name: 'Claude Desktop',
      file: 'claude_desktop_config.json',
      code: toJson({
        mcpServers: {
          [brandId]: {
            command: 'npx',
            args: ['-y', 'mcp-remote', url, '--header', `Authorization:Bearer \${${keyVariable}}`],
            env: { [keyVariable]: 'lb_…' },
          },
        },
      }),
    },
    {
      name: 'Codex',
      file: '~/.codex/config.toml',
      code: `[mcp_servers.${brandId}]\nurl = "${url}"\nbearer_token_env_var = "${keyVariable}"`,
    },
    {
      name: 'Cursor',
      file: '~/.cursor/mcp.json',
      code: toJson({ mcpServers: { [brandId]: { url, headers: bearer(`\${env:${keyVariable}}`) } } }),
    },
    {
      name: 'VS Code',
      file: '.vscode/mcp.json',
      code: toJson({
        inputs: [{ type: 'promptString', id: 'key', description: 'API key', password: true }],
        servers: { [brandId]: { type: 'http', url, headers: bearer(`\${input:key}`) } },
      }),
    },
    {
      name: 'Gemini CLI',
      file: 'Terminal',
      code: `gemini mcp add --transport http --header "Authorization: Bearer $${keyVariable}" ${brandId} ${url}`,
    },
  ]
}
