import { ask, Asked, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { useAddress } from '../../parts/address'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { portfolio as texts } from '../../texts/portfolio'
import { Arrears } from './arrears'
import { Quality } from './quality'
import { Rolls } from './rolls'
import { Values } from './values'
import { Vintages } from './vintages'

export type Portfolio = Shape['PortfolioShape']

const MONTHS = ['6', '12', '24']
const LATE_DAYS = ['1', '31', '91']

/** All loans together, at the ends of months. */
export function PortfolioPage() {
  const text = useText(texts)
  const { query: wanted, value, filter } = useAddress()
  const query = useQuery({
    queryKey: ['portfolio', wanted],
    queryFn: () => ask(api.GET('/staff/portfolio', { params: { query: wanted } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')} />
      <div className="list-tools">
        <Choice label={text('months')} name="months" chosen={value('months') || '12'} options={MONTHS} filter={filter} />
        <Choice label={text('lateDays')} name="late_days" chosen={value('late_days') || '31'} options={LATE_DAYS} filter={filter} />
      </div>
      <Asked query={query} isEmpty={(found) => found.arrears.length === 0} empty={text('empty')}>
        {(found) => (
          <>
            <Arrears found={found} />
            <Quality found={found} />
            <Values found={found} />
            <Rolls found={found} />
            <Vintages found={found} />
          </>
        )}
      </Asked>
    </>
  )
}

type Choice = {
  label: string
  name: string
  chosen: string
  options: string[]
  filter: (changed: Record<string, string>) => void
}

function Choice({ label, name, chosen, options, filter }: Choice) {
  return (
    <span className="labelled">
      <span aria-hidden="true">{label}</span>
      <Radio.Group
        aria-label={label}
        optionType="button"
        value={chosen}
        options={options}
        onChange={(event) => filter({ [name]: event.target.value as string })}
      />
    </span>
  )
}
