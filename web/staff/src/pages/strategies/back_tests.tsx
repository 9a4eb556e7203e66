import { ask, Asked, Day, Instant, Permille, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { backTests as texts } from '../../texts/back_tests'
import { AskForBackTest } from './ask_for_back_test'

/** What a version would have decided: every test of it, and a new one. */
export function BackTests({ version }: { version: string }) {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({
    queryKey: ['back-tests', version],
    queryFn: () => ask(api.GET('/staff/strategies/{version}/back-tests', { params: { path: { version } } })),
  })
  return (
    <Section title={text('title')}>
      {has('risk') && <AskForBackTest version={version} />}
      <Asked query={query}>
        {(data) => (
          <Lines<Shape['BackTestLine']>
            label={text('title')}
            rows={data.back_tests}
            empty={text('none')}
            rowKey={(line) => line.back_test_id}
            columns={[
              {
                key: 'days',
                title: text('days'),
                show: (line) => (
                  <Link to={`/back-tests/${line.back_test_id}`}>
                    <Day on={line.from_on} /> – <Day on={line.until_on} />
                  </Link>
                ),
              },
              { key: 'state', title: text('state'), show: (line) => text(line.state) },
              {
                key: 'progress',
                title: text('progress'),
                figure: true,
                show: (line) => <Permille thousandths={line.progress_permille} />,
              },
              { key: 'count', title: text('decisions'), figure: true, show: (line) => line.decision_count },
              {
                key: 'by',
                title: text('askedBy'),
                show: (line) => (
                  <>
                    {line.asked_by} <Instant at={line.asked_at} />
                  </>
                ),
              },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}
