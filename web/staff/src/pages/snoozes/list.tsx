import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { snoozes as texts } from '../../texts/snoozes'
import { SnoozeLines } from './lines'
import { MakeSnooze } from './make'

/** Which rules of the screening sleep for whom, who put them to sleep and why, and who woke them. */
export function SnoozesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({ queryKey: ['snoozes'], queryFn: () => ask(api.GET('/staff/snoozes')) })
  return (
    <>
      <PageHead title={text('title')} />
      <p>{text('told')}</p>
      <Asked query={query}>
        {(data) => (
          <>
            {has('risk') && <MakeSnooze rules={data.rules} />}
            <Section title={text('list')}>
              <SnoozeLines found={data} />
            </Section>
          </>
        )}
      </Asked>
    </>
  )
}
