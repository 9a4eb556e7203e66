import { ask, Asked, useLanguage, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'

const SHOWN = 8

/** What a version changes, a sentence each; at first against the champion. */
export function Differences({ version, champion }: { version: string; champion: string | null }) {
  const text = useText(texts)
  const all = useQuery({ queryKey: ['strategies'], queryFn: () => ask(api.GET('/staff/strategies')) })
  const [chosen, choose] = useState(champion !== version ? (champion ?? '') : '')
  const others = (all.data?.versions ?? []).filter((line) => line.version !== version)
  return (
    <Section title={text('differences')}>
      <ChoiceList
        label={text('against')}
        none={text('chooseOther')}
        value={chosen}
        options={others.map((line) => ({ value: line.version, label: `${line.name} ${line.version.slice(0, SHOWN)}` }))}
        onChange={choose}
      />
      {chosen && <DifferencesFrom version={version} before={chosen} />}
    </Section>
  )
}

function DifferencesFrom({ version, before }: { version: string; before: string }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const query = useQuery({
    queryKey: ['strategies', version, 'differences', before],
    queryFn: () =>
      ask(api.GET('/staff/strategies/{version}/differences', { params: { path: { version }, query: { before } } })),
  })
  return (
    <Asked query={query} isEmpty={(data) => data.differences.length === 0} empty={text('same')}>
      {(data) => (
        <ul>
          {data.differences.map((one) => (
            <li key={one.en}>{language === 'en' ? one.en : one.zh}</li>
          ))}
        </ul>
      )}
    </Asked>
  )
}
