import { ask, Asked, money, useLanguage, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../session'
import { bills } from '../../texts/bills'

/** How to pay by bank transfer, and what was paid too much and where it is. */
export function Overpaid() {
  const text = useText(bills)
  const { language } = useLanguage()
  const code = useQuery({ queryKey: ['transfer-code'], queryFn: () => ask(api.GET('/h5/transfer-code')) })
  const query = useQuery({ queryKey: ['overpayments'], queryFn: () => ask(api.GET('/h5/overpayments')) })
  return (
    <section className="card">
      <h2>{text('transfer')}</h2>
      <Asked query={code}>{(found) => <p>{text('transferHelp', { code: found.code })}</p>}</Asked>
      <Asked query={query}>
        {(found) =>
          found.held.length + found.returns.length > 0 && (
            <>
              <h2>{text('overpaid')}</h2>
              <ul>
                {found.held.map((each) => (
                  <li key={each.loan_id}>{text('overpaidHeld', { amount: money(each.overpaid_minor, language, each.currency) })}</li>
                ))}
                {found.returns.map((each) => (
                  <li key={each.order_id}>
                    {text(`returned_${each.state}`, { amount: money(each.amount_minor, language), ending: each.account_ending })}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Asked>
    </section>
  )
}
