import { useText } from '@fenqi/ui'
import { useCallback } from 'react'
import { decided } from '../texts/decided'

type Known = keyof (typeof decided)['en']

const OF_A_CARD = /^card_(\d)_(\w+)$/

/** The name of a code, or the code itself where it has none. */
export function useNames(): (code: string) => string {
  const text = useText(decided)
  return useCallback(
    (code: string) => {
      const [, number = '', rest] = OF_A_CARD.exec(code) ?? []
      const key = rest === undefined ? code : `card_${rest}`
      return key in decided.en ? text(key as Known, { number }) : code
    },
    [text],
  )
}

/** A code by its name, with the code beside it for those who look it up. */
export function Named({ code }: { code: string }) {
  const name = useNames()(code)
  return name === code ? (
    <code>{code}</code>
  ) : (
    <span className="named">
      {name} <code>{code}</code>
    </span>
  )
}

/** Several codes by their names. */
export function Names({ codes }: { codes: string[] }) {
  const name = useNames()
  return <span title={codes.join(', ')}>{codes.map(name).join(', ')}</span>
}
