const GUARDED =
  /^\/(dashboard|example-tool|tools|buy-credits|billing|payment-success|transactions|settings|admin)(\/|$)/

/** True for a page only signed-in people may see. Its layout checks again: a page missed here is not open. */
export function isGuarded(pathname: string): boolean {
  return GUARDED.test(pathname)
}
