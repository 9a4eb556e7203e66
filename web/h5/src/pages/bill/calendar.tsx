import { ask, Asked, Day, Money, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../session'
import { bills } from '../../texts/bills'

/** Everything still to be paid, by the day on which it falls due. */
export function Calendar() {
  const text = useText(bills)
  const query = useQuery({ queryKey: ['calendar'], queryFn: () => ask(api.GET('/h5/calendar')) })
  return (
    <section className="card">
      <h2>{text('calendar')}</h2>
      <Asked query={query} isEmpty={(found) => found.days.length === 0} empty={text('calendarEmpty')}>
        {(found) => (
          <ol className="stack calendar">
            {found.days.map((each) => (
              <li key={each.due_on}>
                <div className="row">
                  <span>
                    <Day on={each.due_on} /> {each.is_late && <strong>! {text('lateDay')}</strong>}
                  </span>
                  <Money minor={each.total_minor} currency={found.currency} />
                </div>
                <small className="soft">
                  {each.lines.map((line) => (
                    <Link key={`${line.loan_id}-${line.instalment}`} to={`/loans/${line.loan_id}`}>
                      {text('loan')} {line.loan_id.slice(-8)} · {text('instalment')} {line.instalment}{' '}
                    </Link>
                  ))}
                </small>
              </li>
            ))}
          </ol>
        )}
      </Asked>
    </section>
  )
}
