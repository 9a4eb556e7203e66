import { ask, Asked, Instant, Permille, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { shadows as texts } from '../../texts/shadows'
import { ShadowChanges } from './shadow_changes'
import { ShadowDays } from './shadow_days'
import { VersionLink } from './version_link'

/** One shadow: how far it agrees with the champion, by day, and the decisions that it would have made otherwise. */
export function ShadowPage() {
  const text = useText(texts)
  const { use_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['strategies', 'shadows', use_id],
    queryFn: () => ask(api.GET('/staff/shadows/{use_id}', { params: { path: { use_id } } })),
  })
  return (
    <>
      <PageHead title={text('title')}>
        <Link to="/strategies">{text('back')}</Link>
      </PageHead>
      <Asked query={query}>
        {(data) => (
          <>
            <Section title={text('alike')}>
              <Pairs
                pairs={[
                  [text('version'), <VersionLink version={data.version} />],
                  [text('since'), <Instant at={data.from_at} />],
                  [text('until'), data.until_at ? <Instant at={data.until_at} /> : text(data.is_readable ? 'runs' : 'unreadable')],
                  [text('decisions'), data.decision_count],
                  [text('alike'), data.alike_permille !== null && <Permille thousandths={data.alike_permille} />],
                  [text('limitMoved'), data.limit_moved_count],
                ]}
              />
            </Section>
            <ShadowDays days={data.days} />
            <ShadowChanges lines={data.changes} />
          </>
        )}
      </Asked>
    </>
  )
}
