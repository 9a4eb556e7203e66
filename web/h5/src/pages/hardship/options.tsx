import { ask, Day, Money, Percent, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../session'
import { hardship } from '../../texts/hardship'
import { SignPlan } from './sign_plan'

type Request = Shape['OwnHardshipShape']
type Option = Shape['ReliefOptionShape']

/** The ways out side by side, each with what it costs; one is chosen and read. */
export function Options({ request }: { request: Request }) {
  const text = useText(hardship)
  const { language } = useLanguage()
  const [seenAt, see] = useState(0)
  const reading = useMutation({
    mutationFn: (optionId: string) =>
      ask(
        api.POST('/h5/hardship/{request_id}/showings', {
          params: { path: { request_id: request.request_id } },
          body: { option_id: optionId, language },
        }),
      ),
    onSuccess: () => see(Date.now()),
  })
  if (reading.data) {
    return (
      <SignPlan
        key={reading.data.showing_id}
        requestId={request.request_id}
        shown={reading.data}
        seenAt={seenAt}
        other={() => reading.reset()}
      />
    )
  }
  return (
    <section className="stack">
      <h3>{text('options')}</h3>
      {request.options.map((option) => (
        <article key={option.option_id} className="card">
          <h4>{text(option.kind, { number: option.number })}</h4>
          <Cost option={option} />
          <button
            type="button"
            className="button"
            data-look="quiet"
            disabled={reading.isPending}
            onClick={() => reading.mutate(option.option_id)}
          >
            {text('read')}
          </button>
        </article>
      ))}
      {reading.isError && <RefusalNotice error={reading.error} />}
    </section>
  )
}

function Cost({ option }: { option: Option }) {
  const text = useText(hardship)
  const isLess = option.extra_cost_minor < 0
  return (
    <>
      <dl className="figures">
        <div className="large">
          <dt>{text('monthly')}</dt>
          <dd>
            <Money minor={option.instalment_max_minor} currency={option.currency} />
          </dd>
        </div>
        <div className="large">
          <dt>{text(isLess ? 'lessCost' : 'extraCost')}</dt>
          <dd>
            <Money minor={Math.abs(option.extra_cost_minor)} currency={option.currency} />
          </dd>
        </div>
        <div>
          <dt>{text('annual')}</dt>
          <dd>
            <Percent share={option.annual_share} />
          </dd>
        </div>
        <div>
          <dt>{text('toPay')}</dt>
          <dd>
            <Money minor={option.to_pay_minor} currency={option.currency} />
          </dd>
        </div>
        {option.first_due_on && (
          <div>
            <dt>{text('firstDue')}</dt>
            <dd>
              <Day on={option.first_due_on} />
            </dd>
          </div>
        )}
        {option.last_due_on && (
          <div>
            <dt>{text('lastDue')}</dt>
            <dd>
              <Day on={option.last_due_on} />
            </dd>
          </div>
        )}
      </dl>
      <p className="soft">{text(option.is_affordable ? 'affordable' : 'unaffordable')}</p>
    </>
  )
}
