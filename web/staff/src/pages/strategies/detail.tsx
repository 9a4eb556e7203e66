import { ask, Asked, Instant, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'
import { BackTests } from './back_tests'
import { Differences } from './differences'
import { Picture } from './picture'
import { Proof } from './proof'
import { ProposeUse } from './propose_use'
import { UseLines } from './uses'

const SHOWN = 8

/** One version: its picture, what it is used for, and what differs from another. */
export function StrategyPage() {
  const text = useText(texts)
  const { has } = useMe()
  const { version = '' } = useParams()
  const query = useQuery({
    queryKey: ['strategies', version],
    queryFn: () => ask(api.GET('/staff/strategies/{version}', { params: { path: { version } } })),
  })
  return (
    <>
      <PageHead title={`${query.data?.name ?? text('title')} ${version.slice(0, SHOWN)}`}>
        <Link to="/strategies">{text('back')}</Link>
      </PageHead>
      <Asked query={query}>
        {(data) => (
          <>
            <Section title={text('version')}>
              <Pairs
                pairs={[
                  [text('version'), <code>{version}</code>],
                  [text('role'), text(data.role ?? 'none')],
                  [text('proof'), <Proof line={data} />],
                  [text('remark'), data.remark],
                  [
                    text('proposedBy'),
                    <>
                      {data.proposed_by} <Instant at={data.proposed_at} />
                    </>,
                  ],
                ]}
              />
            </Section>
            <Picture strategy={data} />
            <Section title={text('uses')}>
              <UseLines uses={data.uses} />
            </Section>
            {has('risk') && <ProposeUse version={version} />}
            <BackTests version={version} />
            <Differences version={version} champion={data.champion} />
            <Section title={text('content')}>
              <details>
                <summary>{text('content')}</summary>
                <pre className="graph-text" tabIndex={0}>
                  {data.text}
                </pre>
              </details>
            </Section>
          </>
        )}
      </Asked>
    </>
  )
}
