import { Badge, useLanguage, useText, type Shape } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { screening as texts } from '../../texts/screening'
import { signals as names } from '../../texts/signals'

type Decision = Shape['StaffDecisionShape']
type Screened = Shape['StoredScreening']
type Fired = Shape['StoredFired']

/** What the screening saw of the order, which rules fired, and what would have come of its credit alone. */
export function Screening({ decision }: { decision: Decision }) {
  const text = useText(texts)
  const { screening, credit } = decision.content
  if (!screening) return null
  return (
    <Section title={text('title')}>
      <Pairs
        pairs={[
          [text('concluded'), text(screening.action)],
          [text('engine'), <code>{screening.engine}</code>],
          ...around(screening, text('around'), screening.pivot ? text(screening.pivot.key) : '', text('snooze')),
          ...(credit ? [[text('credit'), <Badge kind="outcome" status={credit.outcome} />] as [string, ReactNode]] : []),
        ]}
      />
      {screening.model && <Model model={screening.model} reasons={decision.screening_reasons} />}
      <FiredRules fired={screening.fired} reasons={decision.screening_reasons} />
      <Signals seen={screening.signals} />
    </Section>
  )
}

function around(screening: Screened, name: string, key: string, snooze: string): [string, ReactNode][] {
  if (!screening.pivot) return []
  return [
    [
      name,
      <>
        <div>
          {key} <ShortId id={screening.pivot.value} />
        </div>
        <Link to={`/snoozes?key=${screening.pivot.key}&value=${screening.pivot.value}`}>{snooze}</Link>
      </>,
    ],
  ]
}

function Model({ model, reasons }: { model: Shape['StoredFraudScore']; reasons: Shape['StoredReason'][] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const told = new Map(reasons.map((reason) => [reason.code, language === 'en' ? reason.en : reason.zh]))
  return (
    <>
      <p>
        {text('model', { name: model.name, points: model.permille })} <ShortId id={model.version} />
      </p>
      <ul>
        {model.reasons.map((one) => (
          <li key={one.code}>
            {told.get(one.code)} <code>{one.code}</code>
          </li>
        ))}
      </ul>
    </>
  )
}

function FiredRules({ fired, reasons }: { fired: Fired[]; reasons: Shape['StoredReason'][] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const told = new Map(reasons.map((reason) => [reason.code, language === 'en' ? reason.en : reason.zh]))
  return (
    <Lines<Fired>
      label={text('rule')}
      rows={fired}
      empty={text('noRule')}
      rowKey={(one) => one.code}
      columns={[
        {
          key: 'rule',
          title: text('rule'),
          show: (one) => (
            <>
              {told.get(one.reason)} <code>{one.code}</code>
            </>
          ),
        },
        {
          key: 'action',
          title: text('action'),
          show: (one) => (one.snoozed ? `${text(one.action)} · ${text('asleep')}` : text(one.action)),
        },
      ]}
    />
  )
}

function Signals({ seen }: { seen: Screened['signals'] }) {
  const text = useText(texts)
  const name = useText(names)
  return (
    <details>
      <summary>{text('signals')}</summary>
      <Lines
        label={text('signals')}
        rows={Object.entries(seen).map(([code, value]) => ({ code, value }))}
        rowKey={(one) => one.code}
        columns={[
          {
            key: 'signal',
            title: text('signal'),
            show: (one) => (
              <>
                {one.code in names.en && name(one.code as keyof (typeof names)['en'])} <code>{one.code}</code>
              </>
            ),
          },
          { key: 'value', title: text('value'), figure: true, show: (one) => one.value ?? text('unknown') },
        ]}
      />
    </details>
  )
}
