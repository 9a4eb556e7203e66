import { day, instant, useLanguage, useText, type Shape } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useAddress } from '../../parts/address'
import { Labelled } from '../../parts/labelled'
import { loanChange } from '../../texts/loan_change'
import { loans as texts } from '../../texts/loans'

const ZONE = '+08:00'

/** On which day the loan is looked at, and with whose eyes: what was recorded later is left out. Both stand in the address. */
export function When({ loan }: { loan: Shape['StaffLoanShape'] }) {
  const text = useText(texts)
  const more = useText(loanChange)
  const { filter, value } = useAddress()
  const knownAt = value('known_at')
  return (
    <>
      <Labelled label={text('asOf')}>
        {(id) => (
          <Input id={id} type="date" value={loan.as_of} onChange={(event) => filter({ on: event.target.value })} />
        )}
      </Labelled>
      <Labelled label={more('knownAt')}>
        {(id) => (
          <Input
            id={id}
            type="datetime-local"
            title={more('knownAtHelp')}
            value={knownAt.replace(ZONE, '')}
            onChange={(event) => filter({ known_at: event.target.value ? `${event.target.value}${ZONE}` : '' })}
          />
        )}
      </Labelled>
      {knownAt && <Button onClick={() => filter({ known_at: '' })}>{more('asKnownNow')}</Button>}
    </>
  )
}

/** Says so where what is shown is not how things stand now. */
export function NotNow({ loan, on }: { loan: Shape['StaffLoanShape']; on: string }) {
  const text = useText(loanChange)
  const { language } = useLanguage()
  if (!on && !loan.known_at) return null
  const known = loan.known_at ? instant(loan.known_at, language) : text('now')
  return (
    <p className="notice" data-tone="warn" role="status">
      {text('past', { on: day(loan.as_of, language), known })}
    </p>
  )
}
