/** A colour of the tokens, as a drawing needs it. */
export function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim()
}
