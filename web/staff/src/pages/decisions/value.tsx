import { Money, useText } from '@fenqi/ui'
import { useNames } from '../../parts/named'
import { parts } from '../../texts/parts'

type Plain = string | number | boolean | null | string[]

/** A value as its name says: an amount, a yes or no, a list, or what it is. */
export function Value({ name, value }: { name: string; value: Plain }) {
  const text = useText(parts)
  const named = useNames()
  if (value === null) return <span>{text('none')}</span>
  if (typeof value === 'boolean') return <span>{value ? text('yes') : text('no')}</span>
  if (typeof value === 'number' && name.endsWith('_minor')) return <Money minor={value} />
  if (Array.isArray(value)) return <span>{value.map(named).join(', ')}</span>
  return <span>{typeof value === 'string' ? named(value) : value}</span>
}
