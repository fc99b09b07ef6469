const LINK = 'text-primary underline underline-offset-4'

/** Where the API is, and what every call needs. */
export function ReferenceIntroduction({ url }: { url: string }) {
  return (
    <header className="grid min-w-0 max-w-3xl gap-4 text-muted-foreground leading-relaxed">
      <h1 className="font-semibold text-4xl text-foreground tracking-tight">API reference</h1>
      <p className="text-lg">
        Run every tool from your own programs, and pay with the credits you have. Amounts are whole credits.
      </p>
      <p>
        Each call carries a key, as <code className="font-mono text-sm">Authorization: Bearer lb_…</code>,
        which you make in{' '}
        <a href="/settings" className={LINK}>
          your settings
        </a>{' '}
        with a budget of its own. You can try every call here. What runs a tool is charged as it is anywhere.
      </p>
      <p>
        For generators and other programs:{' '}
        <a href="/api/v1/openapi.json" className={LINK}>
          the OpenAPI document
        </a>{' '}
        of <code className="break-all font-mono text-sm">{url}</code>
      </p>
      {/* #region mcp */}
      <p>
        <span>For an agent such as Claude, Codex or Cursor: </span>
        <a href="/docs/mcp" className={LINK}>
          how to connect it
        </a>
      </p>
      {/* #endregion */}
    </header>
  )
}
