const START = /#region (?<features>[\w -]+?)\s*(\*\/\}|-->)?$/
const END = /#endregion\b/

/**
 * Takes the regions of a feature out of a text, in whatever comments its language has: from the line that says
 * `#region <feature>` to the one that says `#endregion`. A region may name several features; it goes with the first.
 * @throws when a region has no end
 */
export function cutRegions(text: string, feature: string): string {
  const kept: string[] = []
  let isInside = false
  for (const line of text.split('\n')) {
    if (START.exec(line)?.groups?.features?.split(' ').includes(feature)) isInside = true
    else if (isInside && END.test(line)) isInside = false
    else if (!isInside) kept.push(line)
  }
  if (isInside) throw new Error(`A region of ${feature} has no end.`)
  return kept.join('\n')
}
