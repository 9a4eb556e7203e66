import { Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import { limit as texts } from '../../texts/limit'
import { Reasons } from './reasons'

/** Every move of one's line, newest first: what changed, why, and what would change it. */
export function History({ lines }: { lines: Shape['LimitHistoryLine'][] }) {
  const text = useText(texts)
  return (
    <section className="stack">
      <h2>{text('history')}</h2>
      {lines.map((line) => (
        <article key={line.change_id ?? line.move} className="card">
          <div className="row">
            <Badge kind="limit_move" status={line.move} />
            <span className="soft">
              <Day on={line.on} />
            </span>
          </div>
          <dl className="figures">
            <div>
              <dt>{text('before')}</dt>
              <dd>
                <Money minor={line.before_minor} currency={line.currency} />
              </dd>
            </div>
            <div>
              <dt>{text('after')}</dt>
              <dd>
                <Money minor={line.after_minor} currency={line.currency} />
              </dd>
            </div>
            {line.move === 'suspended' && (
              <div>
                <dt>{text('kept')}</dt>
                <dd>
                  <Money minor={line.fixed_minor} currency={line.currency} />
                </dd>
              </div>
            )}
          </dl>
          <h3>{text('why')}</h3>
          <Reasons reasons={line.reasons} />
          {line.would_raise.length > 0 && (
            <>
              <h3>{text('next')}</h3>
              <Reasons reasons={line.would_raise} />
            </>
          )}
        </article>
      ))}
    </section>
  )
}
