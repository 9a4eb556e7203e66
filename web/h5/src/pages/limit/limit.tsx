import { ask, Asked, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Heading } from '../../parts/heading'
import { api } from '../../session'
import { limit as texts } from '../../texts/limit'
import { History } from './history'
import { Reasons } from './reasons'
import { Rises } from './rises'
import { Specials } from './specials'

/** One's own credit line: what it is, how it came about, and what would raise it. */
export function LimitPage() {
  const text = useText(texts)
  const query = useQuery({ queryKey: ['limit'], queryFn: () => ask(api.GET('/h5/limit')) })
  return (
    <>
      <Heading>{text('title')}</Heading>
      <Asked query={query} isEmpty={(line) => line.history.length === 0} empty={text('none')}>
        {(line) => (
          <>
            <Line line={line} />
            {line.would_raise.length > 0 && (
              <section className="card">
                <h2>{text('raises')}</h2>
                <Reasons reasons={line.would_raise} />
              </section>
            )}
            {line.specials.length > 0 && <Specials specials={line.specials} />}
            <Rises isOn={line.takes_rises} />
            <History lines={line.history} />
            <p className="soft">
              {text('person')} <Link to="/complaints">{text('complain')}</Link>
            </p>
          </>
        )}
      </Asked>
    </>
  )
}

function Line({ line }: { line: Shape['LimitShape'] }) {
  const text = useText(texts)
  return (
    <section className="card">
      {line.is_suspended && (
        <p className="notice" role="status">
          {text('suspended')}
        </p>
      )}
      <dl className="figures">
        <div className="large">
          <dt>{text('available')}</dt>
          <dd>
            <Money minor={line.available_minor} currency={line.currency} />
          </dd>
        </div>
        <div>
          <dt>{text('total')}</dt>
          <dd>
            <Money minor={line.limit_minor} currency={line.currency} />
          </dd>
        </div>
        <div>
          <dt>{text('used')}</dt>
          <dd>
            <Money minor={line.used_minor} currency={line.currency} />
          </dd>
        </div>
        {line.points !== null && (
          <div>
            <dt>{text('score')}</dt>
            <dd>{line.points}</dd>
          </div>
        )}
      </dl>
      {line.points !== null && <small className="soft">{text('scoreHelp')}</small>}
    </section>
  )
}
