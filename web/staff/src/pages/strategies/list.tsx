import { ask, Asked, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'
import { HaltLines } from './halts'
import { Proof } from './proof'
import { ProposeStrategy } from './propose'
import { Shadows } from './shadows'
import { UseLines } from './uses'
import { VersionLink } from './version_link'
import { WhoDecides } from './who_decides'

const LOOK_AGAIN_MS = 3000

/** Who decides, by which versions, what was proposed, and every halt. */
export function StrategiesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({
    queryKey: ['strategies'],
    queryFn: () => ask(api.GET('/staff/strategies')),
    refetchInterval: (asked) => asked.state.data?.versions.some((line) => line.difference === null) && LOOK_AGAIN_MS,
  })
  return (
    <>
      <PageHead title={text('title')} />
      <Asked query={query}>
        {(data) => (
          <>
            <WhoDecides found={data} />
            <Section title={text('versions')}>
              <Lines<Shape['StrategyLine']>
                label={text('versions')}
                rows={data.versions}
                empty={text('noVersions')}
                rowKey={(line) => line.version}
                columns={[
                  { key: 'version', title: text('version'), show: (line) => <VersionLink version={line.version} /> },
                  { key: 'name', title: text('name'), show: (line) => line.name },
                  { key: 'role', title: text('role'), show: (line) => text(line.role ?? 'none') },
                  { key: 'proof', title: text('proof'), show: (line) => <Proof line={line} /> },
                  { key: 'remark', title: text('remark'), show: (line) => line.remark },
                  {
                    key: 'proposed',
                    title: text('proposedBy'),
                    show: (line) => (
                      <>
                        {line.proposed_by} <Instant at={line.proposed_at} />
                      </>
                    ),
                  },
                ]}
              />
            </Section>
            <Shadows />
            <Section title={text('uses')}>
              <UseLines uses={data.uses} />
            </Section>
            <Section title={text('halts')}>
              <HaltLines halts={data.halts} />
            </Section>
            {has('risk') && <ProposeStrategy />}
          </>
        )}
      </Asked>
    </>
  )
}
