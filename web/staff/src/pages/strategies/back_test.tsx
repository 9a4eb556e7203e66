import { ask, Asked, Day, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useParams } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { backTests as texts } from '../../texts/back_tests'
import { Changes } from './changes'
import { Moved } from './moved'
import { Segments } from './segments'
import { VersionLink } from './version_link'

const LOOK_AGAIN_MS = 1000
const GOES_ON = ['waiting', 'running']

/** A back-test: how far it is, and once it is done what the strategy would have decided. */
export function BackTestPage() {
  const text = useText(texts)
  const { has } = useMe()
  const queries = useQueryClient()
  const { back_test_id = '' } = useParams()
  const path = { params: { path: { back_test_id } } }
  const query = useQuery({
    queryKey: ['back-test', back_test_id],
    queryFn: () => ask(api.GET('/staff/back-tests/{back_test_id}', path)),
    refetchInterval: (asked) => GOES_ON.includes(asked.state.data?.state ?? '') && LOOK_AGAIN_MS,
  })
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/staff/back-tests/{back_test_id}/cancellation', path)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['back-test', back_test_id] }),
  })
  return (
    <>
      <PageHead title={text('title')}>
        {has('risk') && GOES_ON.includes(query.data?.state ?? '') && (
          <Button danger loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {text('cancel')}
          </Button>
        )}
      </PageHead>
      {cancel.isError && <RefusalNotice error={cancel.error} />}
      <Asked query={query}>
        {(test) => (
          <>
            <Section title={text('test')}>
              <Pairs
                pairs={[
                  [text('strategy'), <VersionLink version={test.version} />],
                  [
                    text('days'),
                    <>
                      <Day on={test.from_on} /> – <Day on={test.until_on} />
                    </>,
                  ],
                  [text('loss'), test.loss_percent],
                  [text('askedBy'), test.asked_by],
                  [text('state'), <span role="status">{text(test.state)}</span>],
                  [text('decisions'), test.decision_count],
                ]}
              />
              {GOES_ON.includes(test.state) && (
                <Progress percent={Math.floor(test.progress_permille / 10)} aria-label={text('progress')} />
              )}
              {test.fault && <p className="notice">{test.fault}</p>}
            </Section>
            {test.result && (
              <>
                <Segments lines={test.result.segments} />
                <Moved lines={test.result.moved} />
                <Changes lines={test.result.changes} />
              </>
            )}
          </>
        )}
      </Asked>
    </>
  )
}
