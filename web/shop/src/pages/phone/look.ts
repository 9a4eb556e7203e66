/** How the back of a phone is drawn. */
export type Island = 'ring' | 'triangle' | 'pill' | 'bar' | 'plateau' | 'square' | 'strip' | 'column'

/** How a phone is drawn: its colours, the first of them largest, the wallpaper, and where its cameras are. */
export type Look = {
  readonly island: Island
  readonly lenses: number
  /** Each from light to shade. */
  readonly bodies: readonly (readonly [string, string])[]
  readonly screen: readonly [string, string]
}

const PLAIN: Look = {
  island: 'square',
  lenses: 2,
  bodies: [['#5d6b7d', '#36414f']],
  screen: ['#9db7d8', '#41608c'],
}

const LOOKS: Record<string, Look> = {
  'HW-MATE80-256': look('ring', 4, ['#e8dcc4', '#bda67c'], ['#30343b', '#14171c'], ['#f3b562', '#7a3b1f']),
  'HW-PURA80-512': look('triangle', 3, ['#f3efe8', '#cfc4b4'], ['#3f4b46', '#1f2824'], ['#8fd3c7', '#1f6f78']),
  'HW-NOVA15-256': look('column', 3, ['#b9cfe6', '#7fa0c4'], ['#f0d7dd', '#d3a6b2'], ['#c6d8ff', '#6278c9']),
  'AP-IP17-256': look('pill', 2, ['#cfd9ec', '#97abd0'], ['#dfe7d6', '#b0c09c'], ['#a7c8f7', '#36579f']),
  'AP-IP17P-256': look('plateau', 3, ['#e58a4a', '#b85a1f'], ['#33405c', '#1b2439'], ['#f6a667', '#7e2f1b']),
  'AP-IP17PM-512': look('plateau', 3, ['#34425f', '#1a243a'], ['#e9e9ea', '#bfc1c4'], ['#5f86d8', '#14224d']),
  'XM-17-256': look('square', 4, ['#e7ebef', '#b9c2cb'], ['#2b2f36', '#121418'], ['#79d0e8', '#1e5c8d']),
  'XM-17PM-512': look('strip', 3, ['#2f3138', '#15161a'], ['#dcd6ee', '#a99bd0'], ['#b18cf0', '#3d2a86']),
  'RM-K90-256': look('square', 3, ['#4c5b57', '#26312e'], ['#e8e4dc', '#bcb4a5'], ['#f0c27b', '#a3542b']),
  'OP-FX9-256': look('square', 4, ['#c64a3d', '#8c2a22'], ['#e6e8ea', '#b6bbc0'], ['#ffb199', '#a6322c']),
  'OP-RENO15-256': look('column', 3, ['#c7e3dd', '#89b9b0'], ['#f4e3ee', '#cfa5c2'], ['#bfe9d2', '#3d8f7d']),
  'VV-X300-256': look('ring', 3, ['#b8c9dd', '#7c94b3'], ['#26292e', '#101215'], ['#9bc3ff', '#274a8f']),
  'VV-S50-256': look('bar', 3, ['#e3d7f0', '#b49dd1'], ['#d8ecf2', '#9fc3d0'], ['#e5c2f4', '#7a4da6']),
  'HN-MAGIC8-256': look('ring', 3, ['#e9cfa9', '#c39a5f'], ['#3a3f48', '#1a1d22'], ['#ffdf9e', '#a66a1c']),
  'HN-500-256': look('pill', 2, ['#8fc6d8', '#4f93aa'], ['#f2f1ed', '#cbc8bd'], ['#aee5f2', '#277a93']),
}

/** How the phone with this number is drawn; one that nobody has drawn yet looks plain. */
export function lookOf(sku: string): Look {
  return LOOKS[sku] ?? PLAIN
}

function look(
  island: Island,
  lenses: number,
  first: readonly [string, string],
  second: readonly [string, string],
  screen: readonly [string, string],
): Look {
  return { island, lenses, bodies: [first, second], screen }
}
