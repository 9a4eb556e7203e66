import { ask, Asked, Instant, Permille, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { shadows as texts } from '../../texts/shadows'
import { VersionLink } from './version_link'

type Line = Shape['ShadowLine']

/** Which versions run, or ran, as shadows, and how far each agrees with the champion. */
export function Shadows() {
  const text = useText(texts)
  const query = useQuery({ queryKey: ['strategies', 'shadows'], queryFn: () => ask(api.GET('/staff/shadows')) })
  return (
    <Section title={text('title')}>
      <p>{text('told')}</p>
      <Asked query={query}>
        {(data) => (
          <Lines<Line>
            label={text('title')}
            rows={data.shadows}
            empty={text('none')}
            rowKey={(line) => line.use_id}
            columns={[
              {
                key: 'since',
                title: text('since'),
                show: (line) => (
                  <Link to={`/shadows/${line.use_id}`}>
                    <Instant at={line.from_at} />
                  </Link>
                ),
              },
              {
                key: 'until',
                title: text('until'),
                show: (line) => (line.until_at ? <Instant at={line.until_at} /> : text(line.is_readable ? 'runs' : 'unreadable')),
              },
              { key: 'version', title: text('version'), show: (line) => <VersionLink version={line.version} /> },
              { key: 'count', title: text('decisions'), figure: true, show: (line) => line.decision_count },
              {
                key: 'alike',
                title: text('alike'),
                figure: true,
                show: (line) => line.alike_permille !== null && <Permille thousandths={line.alike_permille} />,
              },
              { key: 'limit', title: text('limitMoved'), figure: true, show: (line) => line.limit_moved_count },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}
